import { historyPageMax, operations } from '#contract'
import type { Message } from '../../types.ts'
import type { ChatMark } from '../mirror/chat-store.ts'
import type { Errand, ErrandQueue } from '../mirror/errands.ts'
import { endlessPages, learnChats, type Mirror, nextCall, settledAt, stoodBefore, urgencyOf } from '../mirror/mirror.ts'
import { needsReading } from '../mirror/roster.ts'
import { isUnexplained, lastSecond, markCutShort, markRead, wasOver } from './read-marks.ts'
import { beginTally, tallyPage } from './read-tally.ts'

const wantedAgainMs: readonly number[] = [2_000, 30_000]

/** Runs an errand: puts and tells the new messages of a chat. Throws what the market or the store throws. */
export async function readChat(mirror: Mirror, queue: ErrandQueue, errand: Errand): Promise<void> {
  const { chatId } = errand
  if (errand.needsChat) await renewChat(mirror, queue, chatId)
  const known = mirror.roster.find(chatId)
  if (!known) return mirror.sweepSoon(0)
  const missing = await findMissing(mirror, errand, known.mark)
  if (missing.length === 0 && !errand.isWhole && !needsReading(known, mirror.notes.since)) return
  const before = known.mark
  const reading: Reading = { mirror, queue, errand, before, listedAt: known.updatedAt }
  const seen = await readMessages(reading, errand.isWhole ? undefined : before?.readFrom)
  mirror.tally.chatsRead++
  lookForAgain(
    reading,
    missing.filter(id => !seen.has(id)),
  )
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

async function renewChat(mirror: Mirror, queue: ErrandQueue, chatId: bigint): Promise<void> {
  const begun = mirror.roster.begin()
  const chat = await mirror.market.chats.get(chatId, nextCall(mirror, 'news'))
  await learnChats(mirror, [chat], { begun, queue })
}

/** The messages that notifications named and the store does not have. */
async function findMissing({ store }: Mirror, { chatId, wanted }: Errand, mark: ChatMark | undefined) {
  const last = mark?.lastMessageId
  const isBeyond = (id: bigint) => last === undefined || id > last
  if ([...wanted].every(isBeyond)) return [...wanted]
  const stored = new Set((await store.readChat(chatId))?.messages.map(({ messageId }) => messageId))
  return [...wanted].filter(id => !stored.has(id))
}

/** A notification may come before its message can be read, or name a wrong message: it is looked for twice more. */
function lookForAgain({ mirror, queue, errand }: Reading, missing: bigint[]): void {
  const againMs = wantedAgainMs[errand.tries]
  if (missing.length === 0 || againMs === undefined) return
  const dueAt = mirror.clock.now().getTime() + againMs
  mirror.errands.add(queue, errand.chatId, { wanted: new Set(missing), isWhole: true, tries: errand.tries + 1, dueAt })
}

/** Puts page after page, each with its mark. Resolves to the ids that were read. */
async function readMessages(reading: Reading, from: bigint | undefined): Promise<Set<bigint>> {
  const { mirror, before } = reading
  const begunAt = mirror.clock.now()
  let tally = beginTally(before)
  let token: string | undefined
  do {
    const { items, nextPageToken } = await fetchPage(reading, from, token)
    tally = tallyPage(tally, items)
    const facts = { chatId: reading.errand.chatId, before, from, listedAt: reading.listedAt, tally }
    const isLast = nextPageToken === undefined
    const isPuzzling = isLast && from !== undefined && isUnexplained(facts)
    const isSettled = wasOver(lastSecond(facts), begunAt, { time: mirror.time, told: reading.errand.told })
    const mark = isLast && !isPuzzling ? markRead(facts, isSettled) : markCutShort(facts)
    tally.fresh += await put(reading, items, mark)
    if (isPuzzling && tally.fresh === 0) return readMessages(reading, undefined)
    if (isPuzzling) await put(reading, [], markRead(facts, isSettled))
    if (isLast && !isSettled) readAgain(reading, lastSecond(facts))
    token = nextPageToken
  } while (token !== undefined)
  return tally.seen
}

/** Another message may come in the second that is not over yet. */
function readAgain({ mirror, queue, errand }: Reading, second: number): void {
  mirror.errands.add(queue, errand.chatId, { dueAt: settledAt(mirror, second) })
}

async function fetchPage({ mirror, queue, errand }: Reading, from: bigint | undefined, token: string | undefined) {
  mirror.tally.historyCalls++
  const filter = { limit: historyPageMax, ...(from !== undefined && { from }) }
  const pages = mirror.market.messages.history(errand.chatId, filter, nextCall(mirror, urgencyOf[queue]))
  const page = await pages.page(token)
  if (token !== undefined && page.nextPageToken === token) throw endlessPages(operations.getChatHistory.name)
  for (const { createdAt } of page.items) mirror.time.observe(createdAt, mirror.clock.now())
  return page
}

async function put({ mirror, errand, before }: Reading, messages: readonly Message[], mark: ChatMark): Promise<number> {
  const { chatId } = errand
  const added = new Set(await mirror.store.putMessages(chatId, messages, mark))
  const count = added.size
  // The mark of a first reading that was interrupted does not say which messages were there before.
  const wasRead = !errand.isSilent && before !== undefined && before.updatedAt.getTime() > 0
  mirror.roster.mark(mark)
  mirror.tally.messages += count
  for (const message of messages.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1))) {
    const isNews = wasRead || !stoodBefore(mirror.notes, message.createdAt)
    if (!added.delete(message.messageId) || !isNews) continue
    await mirror.onChange({ kind: 'message', chatId, message })
  }
  return count
}
