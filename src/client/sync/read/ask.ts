import { chatsPageMax } from '#contract'
import { BadRequest, NotFound, WireError } from '../../errors.ts'
import type { Ask } from '../mirror/asks.ts'
import { learnChats, type Mirror, nextCall, nextListCall } from '../mirror/mirror.ts'
import { putMessages } from './put-messages.ts'

/** When a message that is not there is looked for again: its notification may come before it can be read. */
export const againMs: readonly number[] = [2_000, 30_000]

/** Asks the list for chats by what they are about: one call for twenty, of five times as many in an hour as of getChat. */
export async function renewChats(mirror: Mirror, asks: Ask[]): Promise<boolean> {
  const { market, roster, asks: queues } = mirror
  const begun = roster.begin()
  const contexts = asks.flatMap(({ chatId }) => roster.find(chatId)?.about ?? [])
  const call = nextListCall(mirror, 'news')
  const pages = market.chats.list({ contexts, limit: chatsPageMax }, call)
  const items = await pages.page().then(({ items }) => items, noneIfRefused)
  const fresh = await learnChats(mirror, items, { begun, queue: 'news' })
  // Those that the list does not show this way are asked for one by one.
  const left = asks.filter(({ chatId }) => items.every(chat => chat.chatId !== chatId))
  for (const { chatId, dueAt } of left) queues.lookUps.add({ chatId, dueAt })
  return fresh.length > 0
}

function noneIfRefused(error: unknown): [] {
  if ([BadRequest, NotFound, WireError].some(kind => error instanceof kind)) return []
  throw error
}

export async function lookUpChat(mirror: Mirror, asks: Ask[]): Promise<boolean> {
  const { market, roster, onProblem } = mirror
  for (const { chatId } of asks) {
    const begun = roster.begin()
    try {
      const chat = await market.chats.get(chatId, nextCall(mirror, 'news'))
      return (await learnChats(mirror, [chat], { begun, queue: 'news' })).length > 0
    } catch (error) {
      if (!(error instanceof NotFound)) throw error
      if (roster.find(chatId)) onProblem(error, chatId)
      roster.forget(chatId)
    }
  }
  return false
}

/** Asks for one message that a notification has named and no reading of its chat would find, and puts it. */
export async function lookForMessage(mirror: Mirror, asks: Ask[]): Promise<boolean> {
  const { market, roster, asks: queues, clock } = mirror
  for (const ask of asks) {
    const { chatId, messageId = 0n, tries } = ask
    try {
      const message = await market.messages.get(chatId, messageId, nextCall(mirror, 'news'))
      const mark = roster.find(chatId)?.mark
      return mark !== undefined && (await putMessages(mirror, { chatId, before: mark }, [message], mark)) > 0
    } catch (error) {
      if (!(error instanceof NotFound)) throw error
      const waitMs = againMs[tries]
      if (waitMs !== undefined) queues.messages.add({ ...ask, tries: tries + 1, dueAt: clock.now().getTime() + waitMs })
    }
  }
  return false
}
