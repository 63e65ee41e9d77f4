import { setTimeout as pause } from 'node:timers/promises'
import { ConnectionError, type Message, RateLimited, TimeoutError, Unavailable } from '#client'
import { historyPageMax } from '#contract'
import { print, printJson, say } from '../../terminal/print.ts'
import type { Shop, ShopFlags } from '../session/open-shop.ts'
import { problemReporter } from '../session/problem-reporter.ts'
import { runForShop } from '../session/run-shop.ts'
import { MessagePrinter } from './message-printer.ts'

export type HistoryFlags = ShopFlags & { from?: bigint; limit?: number; tail?: number; follow?: true; every: number }

/** Prints a chat's messages; with `follow` those to come as well, until Ctrl-C. */
export async function printHistory(chatId: bigint, flags: HistoryFlags): Promise<void> {
  await runForShop(flags, async shop => {
    const printMessages = await makePrinter(shop, chatId)
    let last = await printFirst(shop, { chatId, ...flags }, printMessages)
    if (last === undefined && !shop.isJson) say(shop.texts.history.none)
    if (!flags.follow) return 0
    if (process.stderr.isTTY) say(shop.texts.history.following)
    const reportProblem = problemReporter(shop)
    for (;;) {
      await pause(flags.every * 1000, undefined, { signal: shop.signal })
      try {
        last = (await printFrom(shop, { chatId, from: last, isKnown: true }, printMessages)) ?? last
      } catch (error) {
        if (shop.signal.aborted || !isOutage(error)) throw error
        reportProblem(error)
      }
    }
  })
}

/** The market is away, or has had enough of us: it will pass. */
function isOutage(error: unknown): error is Error {
  return [ConnectionError, TimeoutError, Unavailable, RateLimited].some(kind => error instanceof kind)
}

type PrintMessages = (messages: readonly Message[]) => void

async function makePrinter({ market, texts, signal, isJson }: Shop, chatId: bigint): Promise<PrintMessages> {
  if (isJson)
    return messages => {
      for (const message of messages) printJson({ chatId, ...message })
    }
  const printer = new MessagePrinter(await market.chats.get(chatId, { signal }), texts)
  return messages => {
    for (const line of printer.lines(messages)) print(line)
  }
}

type Span = { chatId: bigint; from: bigint | undefined; isKnown?: true }

type Part = { chatId: bigint } & Pick<HistoryFlags, 'from' | 'limit' | 'tail'>

/** Returns the newest id that was read. Only the whole chat tells which messages are its last. */
async function printFirst(
  shop: Shop,
  { chatId, from, limit = Infinity, tail }: Part,
  printMessages: PrintMessages,
): Promise<bigint | undefined> {
  if (tail === undefined && limit === Infinity) return printFrom(shop, { chatId, from }, printMessages)
  let kept: Message[] = []
  let last: bigint | undefined
  const filter = { limit: Math.min(historyPageMax, Math.max(limit, 1)), ...(from !== undefined && { from }) }
  for await (const { items } of shop.market.messages.history(chatId, filter, { signal: shop.signal }).pages()) {
    last = items.at(-1)?.messageId ?? last
    kept = tail === undefined ? [...kept, ...items].slice(0, limit) : lastOf([...kept, ...items], tail)
    if (tail === undefined && kept.length >= limit) break
  }
  printMessages(kept)
  return last
}

function lastOf<Item>(items: readonly Item[], count: number): Item[] {
  return items.slice(Math.max(items.length - count, 0))
}

/** Returns the newest id. What is known is returned again by some markets, and not told again. */
async function printFrom(
  { market, signal }: Shop,
  { chatId, from, isKnown }: Span,
  printMessages: PrintMessages,
): Promise<bigint | undefined> {
  let last: bigint | undefined
  const filter = { limit: historyPageMax, ...(from !== undefined && { from }) }
  for await (const { items } of market.messages.history(chatId, filter, { signal }).pages()) {
    const fresh = items.filter(({ messageId }) => !(isKnown && from !== undefined && messageId <= from))
    printMessages(fresh)
    last = fresh.at(-1)?.messageId ?? last
  }
  return last
}
