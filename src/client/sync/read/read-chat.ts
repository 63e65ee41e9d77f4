import { historyPageMax, operations } from '#contract'
import type { Message } from '../../types.ts'
import type { ChatMark } from '../mirror/chat-store.ts'
import { againIn, type Errand, type ErrandQueue } from '../mirror/errands.ts'
import { isSetBack } from '../mirror/market-time.ts'
import { endlessPages, type Mirror, nextCall, settledAt, urgencyOf } from '../mirror/mirror.ts'
import { needsReading } from '../mirror/roster.ts'
import { againMs } from './ask.ts'
import { putMessages } from './put-messages.ts'
import { isUnexplained, lastSecond, markCutShort, markRead, wasOver } from './read-marks.ts'
import { beginTally, type ReadTally, tallyPage } from './read-tally.ts'

/**
 * Runs an errand: puts and tells the new messages of a chat. Resolves to whether there were any. Throws what the market or the
 * store throws.
 */
export async function readChat(mirror: Mirror, queue: ErrandQueue, errand: Errand): Promise<boolean> {
  const { chatId } = errand
  const known = mirror.roster.find(chatId)
  if (!known) return false
  const before = known.mark
  const missing = await findMissing(mirror, errand, before)
  const isNews = errand.isWhole || needsReading(known, mirror.notes.since)
  if (!isNews && missing.every(id => isBelow(before, id))) {
    for (const id of missing) askForMessage(mirror, chatId, id)
    return false
  }
  const reading: Reading = { mirror, queue, errand, before, listedAt: known.updatedAt }
  const { seen, fresh } = await readMessages(reading, errand.isWhole ? undefined : before?.readFrom)
  mirror.tally.chatsRead++
  lookForAgain(
    mirror,
    errand,
    missing.filter(id => !seen.has(id)),
  )
  return fresh > 0
}

type Reading = {
  mirror: Mirror
  queue: ErrandQueue
  errand: Errand
  /** How far it was read before. */
  before: ChatMark | undefined
  /** The chat's time in the list before this reading began. Later news has another time. */
  listedAt: Date
}

/** The messages that notifications named and the store does not have. */
async function findMissing({ store }: Mirror, { chatId, wanted }: Errand, mark: ChatMark | undefined) {
  const last = mark?.lastMessageId
  const isBeyond = (id: bigint) => last === undefined || id > last
  if ([...wanted].every(isBeyond)) return [...wanted]
  const stored = new Set((await store.readChat(chatId))?.messages.map(({ messageId }) => messageId))
  return [...wanted].filter(id => !stored.has(id))
}

/** Whether the next reading of the chat begins above this message. */
function isBelow(mark: ChatMark | undefined, id: bigint): boolean {
  return mark?.readFrom !== undefined && id < mark.readFrom
}

/** A notification may come before its message can be read, or name a wrong one: it is looked for twice more. */
function lookForAgain(mirror: Mirror, { chatId, tries }: Errand, missing: bigint[]): void {
  const { roster, errands, clock } = mirror
  const mark = roster.find(chatId)?.mark
  for (const id of missing) if (isBelow(mark, id)) askForMessage(mirror, chatId, id)
  const wanted = new Set(missing.filter(id => !isBelow(mark, id)))
  const waitMs = againMs[tries]
  if (wanted.size === 0 || waitMs === undefined) return
  errands.add('hinted', chatId, { wanted, tries: tries + 1, dueAt: clock.now().getTime() + waitMs })
}

/** So far down a reading would cost a call for each hundred messages above it. */
function askForMessage({ asks, clock }: Mirror, chatId: bigint, messageId: bigint): void {
  asks.messages.add({ chatId, messageId, dueAt: clock.now().getTime() })
}

/** Puts page after page, each with its mark. Resolves to what was read. */
async function readMessages(reading: Reading, from: bigint | undefined): Promise<ReadTally> {
  const { mirror, before, errand } = reading
  const putting = { chatId: errand.chatId, before, isSilent: errand.isSilent }
  const begunAt = mirror.clock.now()
  let tally = beginTally(before)
  let token: string | undefined
  do {
    const { items, nextPageToken } = await fetchPage(reading, from, token)
    tally = tallyPage(tally, items)
    const facts = { chatId: errand.chatId, before, from, listedAt: reading.listedAt, tally }
    const isLast = nextPageToken === undefined
    const isPuzzling = isLast && from !== undefined && isUnexplained(facts)
    const isSettled = wasOver(lastSecond(facts), begunAt, { time: mirror.time, told: errand.told })
    const mark = isLast && !isPuzzling ? markRead(facts, isSettled) : markCutShort(facts)
    tally.fresh += await putMessages(mirror, putting, items, mark)
    if (isPuzzling && tally.fresh === 0) return readMessages(reading, undefined)
    if (isPuzzling) await putMessages(mirror, putting, [], markRead(facts, isSettled))
    if (isLast && !isSettled) readAgain(reading, lastSecond(facts))
    token = nextPageToken
  } while (token !== undefined)
  return tally
}

/** Another message may come in the second that is not over yet. */
function readAgain({ mirror, queue, errand }: Reading, second: number): void {
  mirror.errands.add(againIn[queue], errand.chatId, { dueAt: settledAt(mirror, second) })
}

async function fetchPage(
  { mirror, queue, errand, before }: Reading,
  from: bigint | undefined,
  token: string | undefined,
) {
  mirror.tally.historyCalls++
  const filter = { limit: historyPageMax, ...(from !== undefined && { from }) }
  const pages = mirror.market.messages.history(errand.chatId, filter, nextCall(mirror, urgencyOf[queue]))
  const page = await pages.page(token)
  if (token !== undefined && page.nextPageToken === token) throw endlessPages(operations.getChatHistory.name)
  observeMessages(mirror, before, page.items)
  return page
}

/** What was read before says nothing of the market's clock now: it may have been set back since. */
function observeMessages({ time, clock }: Mirror, before: ChatMark | undefined, messages: readonly Message[]): void {
  time.answered(clock.now())
  let latest = before?.newestAt
  for (const { messageId, createdAt } of messages.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1))) {
    if (before?.lastMessageId !== undefined && messageId <= before.lastMessageId) continue
    if (isSetBack(latest, createdAt)) time.observeSetBack(createdAt, clock.now())
    else time.observe(createdAt, clock.now())
    latest = createdAt
  }
}
