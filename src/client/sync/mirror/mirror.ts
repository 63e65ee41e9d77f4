import type { ClientClock } from '../../clock.ts'
import { type QuotaWait, WireError } from '../../errors.ts'
import type { CallOptions, Chat, ChatsSource, ListOptions, Message, Urgency } from '../../types.ts'
import type { AskKind, Asks } from './asks.ts'
import type { ChatStore } from './chat-store.ts'
import type { ErrandQueue, Errands } from './errands.ts'
import { isOverAt, isSetBack, longestSecondMs, type MarketTime, secondOf } from './market-time.ts'
import type { Notes } from './notes.ts'
import { needsReading, type Roster } from './roster.ts'

/** What `onChange` is called with, after it was put into the store. */
export type Change =
  | { kind: 'chat'; chat: Chat; isNew: boolean }
  | { kind: 'message'; chatId: bigint; message: Message }

/** What all parts of one sync share. */
export type Mirror = {
  market: ChatsSource
  store: ChatStore
  clock: ClientClock
  signal: AbortSignal
  roster: Roster
  errands: Errands
  asks: Record<AskKind, Asks>
  time: MarketTime
  notes: Notes
  onChange: (change: Change) => unknown
  onProblem: (problem: Error, chatId?: bigint) => void
  onWait: (wait: QuotaWait) => void
  /** Whether news is read at once, and again when its second is over. */
  promptly: () => boolean
  /** The rows of the list that could not be read, by their chats, since the last walk through the whole list began. */
  unreadable: Map<bigint | undefined, WireError>
  tally: { calls: number; messages: number; chatsRead: number; historyCalls: number }
  /** Asks for a sweep, for news that only the list can show. */
  sweepSoon(inMs: number): void
}

/** How urgent the calls for a queue are. */
export const urgencyOf: Record<ErrandQueue, Urgency> = { news: 'news', hinted: 'news', backlog: 'backfill' }

/** The options of the next call, which is counted. */
export function nextCall({ tally, signal, onWait }: Mirror, urgency: Urgency): CallOptions {
  tally.calls++
  return { signal, urgency, onWait }
}

/** The same for a page of the list: a row that cannot be read is told once, and does not hold up the others. */
export function nextListCall(mirror: Mirror, urgency: Urgency): ListOptions {
  const { unreadable, onProblem } = mirror
  const onUnreadable = (why: WireError, chatId?: bigint) => {
    if (unreadable.has(chatId)) return
    unreadable.set(chatId, why)
    onProblem(why, chatId)
  }
  return { ...nextCall(mirror, urgency), onUnreadable }
}

/** Plans to ask for a chat itself, for what changes without a message. */
export function askForChat({ roster, asks, clock }: Mirror, chatId: bigint): void {
  const kind = roster.find(chatId)?.about ? 'renewals' : 'lookUps'
  asks[kind].add({ chatId, dueAt: clock.now().getTime() })
}

/** When, by our clock, everything of this second of the market can be read. */
export function settledAt({ clock, time }: Mirror, second: number): number {
  const now = clock.now()
  const leftMs = isOverAt(second) - time.atLeast(now)
  return now.getTime() + Math.min(Math.max(leftMs, 0), longestSecondMs)
}

type Learning = { begun: number; queue: ErrandQueue; isSilent?: boolean }

/** Puts the chats of an answer that are new or changed, tells and returns them, and plans to read their messages. */
export async function learnChats(
  mirror: Mirror,
  chats: readonly Chat[],
  { begun, queue, isSilent }: Learning,
): Promise<Chat[]> {
  const { roster, notes, onChange, unreadable } = mirror
  for (const { chatId, updatedAt } of chats)
    if (isSetBack(roster.find(chatId)?.updatedAt, updatedAt)) mirror.time.observeSetBack(updatedAt, mirror.clock.now())
  const { fresh, doubtful } = await roster.learn(chats, begun)
  for (const { chat, isNew } of fresh) {
    if (isSilent || (isNew && stoodBefore(notes, chat.updatedAt))) continue
    await onChange({ kind: 'chat', chat, isNew: isNew && !stoodBefore(notes, chat.createdAt) })
  }
  for (const chatId of doubtful) askForChat(mirror, chatId)
  for (const { chatId } of chats) {
    unreadable.delete(chatId)
    planReading(mirror, queue, chatId)
  }
  return fresh.map(({ chat }) => chat)
}

/** Plans to read a chat if it has unread messages: when the second of its news is over; promptly, at once. */
export function planReading(mirror: Mirror, queue: ErrandQueue, chatId: bigint): void {
  const known = mirror.roster.find(chatId)
  if (!known || !needsReading(known, mirror.notes.since)) return
  const isPrompt = queue === 'news' && mirror.promptly()
  mirror.errands.add(queue, chatId, { dueAt: isPrompt ? 0 : settledAt(mirror, secondOf(known.updatedAt)) })
}

/** Whether something of this time was there before a watch began. */
export function stoodBefore({ since }: Notes, at: Date): boolean {
  return since !== undefined && secondOf(at) <= secondOf(since)
}

/** For a page whose token leads to itself. */
export function endlessPages(operation: string): WireError {
  return new WireError({ operation, status: 200, path: 'result.paging.nextPageToken', why: 'leads to the same page' })
}
