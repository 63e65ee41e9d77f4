import { type Change, type Chat, makeMemoryStore, syncChats } from '#client'
import { clockTime } from '../../terminal/format-time.ts'
import { jsonLine } from '../../terminal/json-line.ts'
import { paint, print, say } from '../../terminal/print.ts'
import { onOneLine } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'
import type { ShopFlags } from '../session/open-shop.ts'
import { problemReporter } from '../session/problem-reporter.ts'
import { runForShop } from '../session/run-shop.ts'
import { aboutOf, bodyOf, buyerOf, isBuyers, isOurs, senderOf, stateOf } from './describe-chat.ts'
import { TimeOrder } from './time-order.ts'

export type WatchFlags = ShopFlags & { every: number }

/** Prints what happens in all chats of the business from now on, a line each, until Ctrl-C. */
export async function watchChats({ every, ...flags }: WatchFlags): Promise<void> {
  await runForShop(flags, async shop => {
    const { market, texts, signal, isJson } = shop
    const store = makeMemoryStore()
    const lines = new WatchLines(texts)
    const chatOf = async (chatId: bigint) => (await store.readChat(chatId))?.chat
    const order = new TimeOrder(print)
    const onChange = async (change: Change) => {
      const line = isJson
        ? jsonLine(change)
        : lines.format(change, change.kind === 'chat' ? change.chat : await chatOf(change.chatId))
      if (line !== undefined) order.add(momentOf(change), line)
    }
    if (!isJson) say(texts.watch.begin(market.businessId, every))
    await syncChats(market, store, {
      begin: 'now',
      sweepEveryMs: every * 1000,
      onChange,
      onProblem: problemReporter(shop),
      signal,
    }).finally(() => order.flush())
    return 0
  })
}

function momentOf(change: Change): Date {
  if (change.kind === 'message') return change.message.createdAt
  return change.isNew ? change.chat.createdAt : change.chat.updatedAt
}

/** A change as a line. A chat that is told of again with nothing else than a later message has none. */
class WatchLines {
  readonly #states = new Map<bigint, string>()
  readonly #texts: Texts

  constructor(texts: Texts) {
    this.#texts = texts
  }

  format(change: Change, chat: Chat | undefined): string | undefined {
    if (change.kind === 'message') return this.#formatMessage(change, chat)
    const { chatId, updatedAt, createdAt } = change.chat
    const state = stateOf(change.chat, this.#texts)
    const isSame = this.#states.get(chatId) === state
    this.#states.set(chatId, state)
    if (change.isNew) return this.#line(createdAt, chat, paint('bold', `${this.#texts.watch.newChat}, ${state}`))
    return isSame ? undefined : this.#line(updatedAt, chat, paint('dim', this.#texts.watch.nowStatus(state)))
  }

  #formatMessage({ message }: Change & { kind: 'message' }, chat: Chat | undefined): string {
    const style = isOurs(message.sender) ? 'green' : isBuyers(message.sender) ? 'cyan' : 'magenta'
    const sender = paint(style, senderOf(message.sender, chat, this.#texts))
    const what = `${sender}: ${onOneLine(bodyOf(message, this.#texts))}`
    // The buyer's name stands once in a line.
    return isBuyers(message.sender)
      ? this.#line(message.createdAt, chat, what, '')
      : this.#line(message.createdAt, chat, what)
  }

  #line(at: Date, chat: Chat | undefined, what: string, buyer = chat ? buyerOf(chat.context) : ''): string {
    const { watch } = this.#texts
    const place = chat ? [watch.chat(chat.chatId), aboutOf(chat.context, this.#texts), buyer] : []
    return [paint('dim', clockTime(at)), place.filter(Boolean).join(' · '), what].join('  ')
  }
}
