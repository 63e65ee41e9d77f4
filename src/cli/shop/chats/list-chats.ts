import type { Chat, ChatFilter, MarketClient } from '#client'
import { type chatStatuses, onWire } from '#contract'
import { systemClock } from '#kit'
import { relativeTime } from '../../terminal/format-time.ts'
import { outputWidth, paint, print, printJson, say } from '../../terminal/print.ts'
import { formatTable } from '../../terminal/table.ts'
import type { Texts } from '../../texts/index.ts'
import type { ShopFlags } from '../session/open-shop.ts'
import { runForShop } from '../session/run-shop.ts'
import { aboutOf, buyerOf, stateOf } from './describe-chat.ts'

export type ListFlags = ShopFlags & {
  waiting?: true
  status?: (typeof chatStatuses)[number][]
  order?: bigint
  return?: bigint
  limit: number
}

const waiting = onWire('waiting_for_partner')
const maxPageSize = 20

/** Prints the newest chats that fit the filter. */
export async function listChats(flags: ListFlags): Promise<void> {
  await runForShop(flags, async ({ market, texts, signal, isJson }) => {
    const { chats, isMore } = await readChats(market, flags, signal)
    if (isJson) for (const chat of chats) printJson(chat)
    else if (chats.length === 0) say(flags.waiting ? texts.chats.noneWaiting : texts.chats.none)
    else for (const line of tableOf(chats, texts)) print(line)
    if (isMore && !isJson) say(paintFor(texts.chats.more(chats.length)))
    return 0
  })
}

function paintFor(line: string): string {
  return process.stderr.isTTY ? paint('dim', line) : line
}

async function readChats(market: MarketClient, flags: ListFlags, signal: AbortSignal) {
  const max = flags.limit === 0 ? Infinity : flags.limit
  const chats: Chat[] = []
  const filter = { ...filterOf(flags), limit: Math.min(max, maxPageSize) }
  for await (const { items, nextPageToken } of market.chats.list(filter, { signal }).pages()) {
    chats.push(...items)
    if (chats.length >= max)
      return { chats: chats.slice(0, max), isMore: chats.length > max || nextPageToken !== undefined }
  }
  return { chats, isMore: false }
}

function filterOf({ waiting: isWaiting, status, order, return: returned }: ListFlags): ChatFilter {
  const statuses = [...new Set([...(isWaiting ? [waiting] : []), ...(status ?? [])])]
  const contexts = [
    ...(order === undefined ? [] : [{ type: onWire('order'), id: order }]),
    ...(returned === undefined ? [] : [{ type: onWire('return'), id: returned }]),
  ]
  return { ...(statuses.length > 0 && { statuses }), ...(contexts.length > 0 && { contexts }) }
}

function tableOf(chats: readonly Chat[], texts: Texts): string[] {
  const now = systemClock.now()
  const { chat, about, buyer, status, updated } = texts.chats.columns
  const rows = chats.map(each => [
    `${each.chatId}`,
    aboutOf(each.context, texts),
    buyerOf(each.context),
    stateOf(each, texts),
    relativeTime(each.updatedAt, now, texts.language),
  ])
  const paintStatus = (text: string, row: number) => (chats[row]?.status === waiting ? paint('yellow', text) : text)
  const columns = [
    { title: chat, align: 'right' as const, isFirm: true as const },
    { title: about, isFirm: true as const },
    { title: buyer },
    { title: status, isFirm: true as const, paint: paintStatus },
    { title: updated, isFirm: true as const, paint: (text: string) => paint('dim', text) },
  ]
  return formatTable(columns, rows, { maxWidth: outputWidth(), paintTitle: text => paint('dim', text) })
}
