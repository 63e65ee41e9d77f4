import {
  BadRequest,
  ConnectionError,
  PrilavokError,
  RateLimited,
  TimeoutError,
  Unavailable,
  WireError,
} from '../../../src/client/errors.ts'
import { type Change, type ChatStore, type Hints, makeHints, makeMemoryStore } from '../../../src/client/sync/index.ts'
import { serializeValue } from '../../../src/client/sync/mirror/serialize-value.ts'
import { syncChats } from '../../../src/client/sync/sync-chats.ts'
import { Crash, makeLife, storeOfLife } from './crashing.ts'
import { makeHourlyLimits } from './hourly-limits.ts'
import { type ModelCall, type ModelMarket, makeModelMarket, refusal } from './model-market.ts'
import type { FaultKind, Story, StoryEvent } from './story.ts'
import { makeVirtualClock, type VirtualClock } from './virtual-clock.ts'

const start = new Date('2026-03-01T09:00:00.200Z')
const dayMs = 20 * 60_000
// Two whole walks, and what failed has been tried again.
const quietMs = 45 * 60_000
const shortQuietMs = 15 * 60_000
const hourMs = 60 * 60_000
// What waited for the end of an hour has been read, and a whole walk has come after it.
const limitedQuietMs = 4 * hourMs
const limitedSweepMs = 4 * 60_000
// What is stamped with a second can be read a quarter of a second after it at the latest.
const lagMs = 200

const faultOf: Record<FaultKind, () => Error> = {
  limit: () => new RateLimited(refusal('getChats', 420), undefined),
  unavailable: () => new Unavailable(refusal('getChats', 503)),
  lost: () => new ConnectionError({ operation: 'getChats', wasSent: undefined }),
  timeout: () => new TimeoutError('getChats', 30_000),
  misfit: () => new WireError({ operation: 'getChats', status: 200, path: 'result', why: 'is missing' }),
  deadToken: () => new BadRequest(refusal('getChats', 400)),
}

export type Played = { differences: string[]; steps: number; crashes: number; faults: number; messages: number }

/** Plays a story to its end and a quiet while longer; then tells in what the store differs from the market. */
export async function playStory(story: Story): Promise<Played> {
  const clock = makeVirtualClock(start)
  const store = makeMemoryStore()
  const put = countingDoubles(store)
  const played: Played = { differences: put.doubled, steps: 0, crashes: 0, faults: 0, messages: 0 }
  let life = makeLife(undefined)
  let hints: Hints | undefined
  let calls = 0
  let waits = 0
  const latency = () => clock.wait(story.latenciesMs[waits++ % story.latenciesMs.length] ?? 0)

  const limited = story.limits && makeHourlyLimits(clock, story.limits)

  async function around<Answer>(call: ModelCall, serve: () => Answer): Promise<Answer> {
    const answer = async () => {
      const number = calls++
      const fault = story.faults.find(({ call }) => call === number)
      await latency()
      if (fault) {
        played.faults++
        throw faultOf[fault.kind]()
      }
      const served = serve()
      await latency()
      return served
    }
    return life.live(() => (limited ? limited(call, answer) : answer()))
  }
  const market = makeModelMarket(clock, story.ways, around)
  for (const { agoMs, messages, everyMs } of story.standing) stand(market, { agoMs, messages, everyMs })

  async function runLife(death: Story['crashes'][number] | undefined, signal: AbortSignal, once: boolean) {
    life = makeLife(death)
    hints = makeHints()
    const mine = life
    const onChange = (change: Change) => mine.live(() => put.tell(change))
    const options = {
      onChange,
      signal,
      clock,
      once,
      ...(!story.isShort && { wholeEveryMs: dayMs }),
      ...(story.limits && { sweepEveryMs: limitedSweepMs }),
      ...(story.hasHints && { hints }),
      promptly: () => story.isPrompt,
    }
    await syncChats(market.source, storeOfLife(put.store, mine), options)
  }

  async function runLives(signal: AbortSignal): Promise<void> {
    const deaths = [...story.crashes]
    let once = story.beginsOnce
    while (!signal.aborted) {
      try {
        await runLife(deaths.shift(), signal, once)
        once = false
      } catch (error) {
        if (error instanceof Crash) played.crashes++
        else if (!signal.aborted && !(once && error instanceof PrilavokError)) throw error
        else await clock.wait(1_000)
      }
    }
  }

  const ending = new AbortController()
  const happenings = (async () => {
    for (const event of story.events) {
      await clock.wait(event.afterMs)
      const kind = story.isShort && isSilent(event) ? 'sticker' : event.kind
      happen({ market, clock, tell: hint => hints?.tell(hint) }, { ...event, kind })
    }
    await clock.wait(story.limits ? limitedQuietMs : story.isShort ? shortQuietMs : quietMs)
    ending.abort(new Error('the story is over'))
  })()
  await clock.run(Promise.all([happenings, runLives(ending.signal)]))
  played.steps = calls
  played.messages = [...market.chats.values()].reduce((sum, { messages }) => sum + messages.length, 0)
  const untold = played.crashes > 0 ? [] : put.untold() // what was put just before a death is told to nobody
  played.differences = [...put.doubled, ...untold, ...(await compare(market, store))]
  return played
}

/** The list does not move for it. */
function isSilent({ kind }: StoryEvent): boolean {
  return kind === 'status' || kind === 'dispute' || kind === 'unreadable'
}

type Stage = { market: ModelMarket; clock: VirtualClock; tell: (hint: Parameters<Hints['tell']>[0]) => void }

function happen({ market, clock, tell }: Stage, event: StoryEvent): void {
  const chats = [...market.chats.values()]
  const chat = chats[event.chat % Math.max(chats.length, 1)]
  const later = (ms: number, act: () => void) => void clock.wait(ms).then(act)
  const notify = (hint: { chatId: bigint; messageId?: bigint; type?: string }) => {
    if (event.noticeMs === undefined) return
    const at = market.now()
    for (let copy = 0; copy < event.copies; copy++)
      later(event.noticeMs * (copy + 1), () => tell({ ...hint, at, businessId: '7' }))
  }
  if (event.kind === 'open' || event.kind === 'openWithMessage' || !chat) {
    const { chatId } = market.open()
    notify({ chatId, type: 'CHAT_CREATED' })
    const opened = market.chats.get(chatId)
    if (event.kind === 'openWithMessage' && opened) notify({ chatId, messageId: market.write(opened).messageId })
    return
  }
  const { chatId } = chat.chat
  if (event.kind === 'write') notify({ chatId, messageId: market.write(chat).messageId, type: 'CHAT_MESSAGE_SENT' })
  if (event.kind === 'sticker') market.write(chat)
  if (event.kind === 'status') chat.chat.status = chat.chat.status === 'FINISHED' ? 'NEW' : 'FINISHED'
  if (event.kind === 'dispute') {
    Object.assign(chat.chat, { type: 'ARBITRAGE', status: 'WAITING_FOR_ARBITER' })
    notify({ chatId, type: 'CHAT_ARBITRAGE_STARTED' })
  }
  if (event.kind === 'lagging') {
    const stamped = { messageId: market.newId(), createdAt: market.stamp(), updatedAt: market.stamp() }
    later(lagMs, () => notify({ chatId, messageId: market.write(chat, stamped).messageId }))
  }
  if (event.kind === 'lie') tell({ chatId, messageId: market.newId(), at: new Date(market.now().getTime() + hourMs) })
  if (event.kind === 'oldLie') tell({ chatId, messageId: 1n + BigInt(event.lateMs), at: market.now() })
  if (event.kind === 'flood') for (let n = 0; n < 40; n++) tell(forgedHint(n, chatId))
  if (event.kind === 'unreadable') {
    market.unreadable.add(chatId)
    later(event.lateMs * 20, () => market.unreadable.delete(chatId))
  }
  if (event.kind === 'setBack') market.setOurClock(-hourMs)
  if (event.kind === 'late') {
    const taken = { messageId: market.newId(), createdAt: market.stamp() }
    later(event.lateMs, () => notify({ chatId, messageId: market.write(chat, taken).messageId }))
  }
}

function forgedHint(n: number, chatId: bigint): Parameters<Hints['tell']>[0] {
  const unknown = BigInt(n + 1)
  if (n % 4 === 0) return { chatId, messageId: n % 8 === 0 ? unknown : 2n ** 61n + unknown }
  if (n % 4 === 1) return { chatId: unknown, messageId: unknown }
  return { chatId: n % 4 === 2 ? chatId : unknown, type: 'CHAT_ARBITRAGE_STARTED' }
}

function stand(market: ModelMarket, { agoMs, messages, everyMs }: Story['standing'][number]): void {
  const writtenMs = market.stamp().getTime()
  const at = (n: number) => {
    const ms = Math.min(writtenMs - agoMs + n * everyMs, writtenMs)
    return new Date(Math.floor(ms / market.precisionMs) * market.precisionMs)
  }
  const chat = market.chats.get(market.open(at(0)).chatId)
  if (chat) for (let n = 0; n < messages; n++) market.write(chat, { createdAt: at(n), updatedAt: at(n) })
}

/** A store that notices when it is told to insert what it has: ids are put again, and must be known as such. */
function countingDoubles(store: ChatStore) {
  const doubled: string[] = []
  const inserted = new Set<string>()
  const told = new Set<string>()
  const putMessages: ChatStore['putMessages'] = async (chatId, messages, mark) => {
    const added = await store.putMessages(chatId, messages, mark)
    for (const id of added) {
      if (inserted.has(`${chatId} ${id}`)) doubled.push(`message ${id} of ${chatId} was inserted twice`)
      inserted.add(`${chatId} ${id}`)
    }
    return added
  }
  return {
    store: { ...store, putMessages },
    doubled,
    tell(change: Change) {
      if (change.kind !== 'message') return
      const id = `${change.chatId} ${change.message.messageId}`
      if (told.has(id)) doubled.push(`message ${id} was told twice`)
      told.add(id)
    },
    untold: () => [...inserted].filter(id => !told.has(id)).map(id => `message ${id} was not told`),
  }
}

async function compare(market: ModelMarket, store: ChatStore): Promise<string[]> {
  const differences: string[] = []
  for (const { chat, messages } of market.chats.values()) {
    const stored = await store.readChat(chat.chatId)
    if (serializeValue(stored?.chat) !== serializeValue(chat))
      differences.push(`chat ${chat.chatId}: ${serializeValue(stored?.chat)} instead of ${serializeValue(chat)}`)
    if (serializeValue(stored?.messages ?? []) !== serializeValue(messages)) {
      const has = new Set(stored?.messages.map(({ messageId }) => messageId))
      const missing = messages.filter(({ messageId }) => !has.has(messageId)).map(({ messageId }) => messageId)
      differences.push(`chat ${chat.chatId}: ${has.size} messages instead of ${messages.length}, missing ${missing}`)
    }
  }
  for await (const { chat } of store.known())
    if (!market.chats.has(chat.chatId)) differences.push(`chat ${chat.chatId} is in the store alone`)
  return differences
}
