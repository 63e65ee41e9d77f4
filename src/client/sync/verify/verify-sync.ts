import { chatsPageMax, historyPageMax } from '#contract'
import { type ClientClock, systemClock } from '../../clock.ts'
import { NotFound } from '../../errors.ts'
import type { CallOptions, Chat, ChatsSource, Message } from '../../types.ts'
import type { ChatStore } from '../mirror/chat-store.ts'
import { longestSecondMs } from '../mirror/market-time.ts'
import type { Progress } from '../mirror/progress.ts'
import { differencesOf, type Found } from './differences.ts'

export type Verified = {
  /** Of the market. */
  chats: number
  messages: number
  /** Chats and messages of the market that the store does not have. */
  missing: number
  /** Those that differ, and stored messages that the market does not have. */
  different: number
  /** Stored chats that the market no longer lists. They do not count as different. */
  gone: number
  /** What is wrong, the first twenty. */
  details: string[]
}

type VerifyOptions = { onProgress?: (progress: Progress) => void; signal?: AbortSignal; clock?: ClientClock }

const detailsMax = 20
// A sync beside this may be about to put it.
const looksMax = 2

/**
 * Reads everything of the market again and compares it with the store. It may run beside a sync: what differs is compared a
 * second time, and what came after the beginning may be missing. Addresses of files are not compared: each server has its own.
 */
export async function verifySync(
  market: ChatsSource,
  store: ChatStore,
  options: VerifyOptions = {},
): Promise<Verified> {
  const { onProgress, signal, clock = systemClock } = options
  const result: Verified = { chats: 0, messages: 0, missing: 0, different: 0, gone: 0, details: [] }
  const tally = { calls: 0 }
  const comparing: Comparing = { market, store, clock, signal, tally, stood: new Date(0) }
  const met = new Set<bigint>()
  const known = await countKnown(store)
  for await (const { items } of market.chats.list({ limit: chatsPageMax }, nextCall(comparing)).pages()) {
    if (met.size === 0) comparing.stood = items[0]?.updatedAt ?? comparing.stood
    for (const chat of items) {
      if (met.has(chat.chatId)) continue
      met.add(chat.chatId)
      count(result, await compareChat(comparing, chat))
      const chatsKnown = Math.max(known, met.size)
      const { calls } = tally
      onProgress?.({ phase: 'verifying', chatsDone: met.size, chatsKnown, messages: result.messages, calls })
    }
    tally.calls++
  }
  for await (const { chat } of store.known()) {
    if (met.has(chat.chatId)) continue
    // It is gone, or has moved in the list while this was read.
    const compared = await compareUnlisted(comparing, chat.chatId)
    if (compared) count(result, compared)
    else result.gone++
  }
  return result
}

async function compareUnlisted(comparing: Comparing, chatId: bigint): Promise<Compared> {
  try {
    comparing.tally.calls++
    return await compareChat(comparing, await comparing.market.chats.get(chatId, nextCall(comparing)))
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

async function countKnown(store: ChatStore): Promise<number> {
  let count = 0
  for await (const _ of store.known()) count++
  return count
}

/** `12 chats, 340 messages, 0 missing, 0 different` */
export function describeVerified({ chats, messages, missing, different, gone }: Verified): string {
  const summary = `${chats} chats, ${messages} messages, ${missing} missing, ${different} different`
  return gone > 0 ? `${summary} (${gone} chats are no longer at the market)` : summary
}

type Comparing = {
  market: ChatsSource
  store: ChatStore
  clock: ClientClock
  signal: AbortSignal | undefined
  tally: { calls: number }
  /** The time of the newest chat in the list at the beginning. */
  stood: Date
}

type Compared = { messages: number; found: Found[] } | undefined

function nextCall({ signal }: Pick<Comparing, 'signal'>): CallOptions {
  return { urgency: 'reconcile', ...(signal && { signal }) }
}

/** Undefined if the market no longer has the chat. */
async function compareChat(comparing: Comparing, listed: Chat): Promise<Compared> {
  try {
    let compared = await look(comparing, listed)
    for (let looks = 1; compared.found.length > 0 && looks < looksMax; looks++) {
      await comparing.clock.wait(longestSecondMs, comparing.signal)
      comparing.tally.calls++
      compared = await look(comparing, await comparing.market.chats.get(listed.chatId, nextCall(comparing)))
    }
    return compared
  } catch (error) {
    if (error instanceof NotFound) return undefined
    throw error
  }
}

async function look(comparing: Comparing, chat: Chat) {
  const { market, store, tally, stood } = comparing
  const messages = new Map<bigint, Message>()
  const history = market.messages.history(chat.chatId, { limit: historyPageMax }, nextCall(comparing))
  for await (const { items } of history.pages()) {
    tally.calls++
    for (const message of items) messages.set(message.messageId, message)
  }
  const stored = await store.readChat(chat.chatId)
  return { messages: messages.size, found: differencesOf({ chat, messages: [...messages.values()] }, stored, stood) }
}

function count(result: Verified, compared: Compared): void {
  if (!compared) return
  result.chats++
  result.messages += compared.messages
  for (const { what, detail } of compared.found) {
    result[what]++
    if (result.details.length < detailsMax) result.details.push(detail)
  }
}
