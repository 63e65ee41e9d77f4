import type { Chat } from '#client'
import { systemClock } from '#kit'
import { dayOf, relativeTime, timeOfDay } from '../../terminal/format-time.ts'
import { paint, print, printJson } from '../../terminal/print.ts'
import { formatRows } from '../../terminal/table.ts'
import type { Texts } from '../../texts/index.ts'
import type { ShopFlags } from '../session/open-shop.ts'
import { runForShop } from '../session/run-shop.ts'
import { aboutOf, buyerOf, stateOf } from './describe-chat.ts'

/** Prints what is known of a chat. */
export async function showChat(chatId: bigint, flags: ShopFlags): Promise<void> {
  await runForShop(flags, async ({ market, texts, signal, isJson }) => {
    const chat = await market.chats.get(chatId, { signal })
    if (isJson) printJson(chat)
    else for (const line of rowsOf(chat, texts)) print(line)
    return 0
  })
}

function rowsOf(chat: Chat, texts: Texts): string[] {
  const titles = texts.chats.rows
  const { context } = chat
  const at = (date: Date) =>
    `${dayOf(date, texts.language)}, ${timeOfDay(date)} (${relativeTime(date, systemClock.now(), texts.language)})`
  const all: [string, string][] = [
    [titles.chat, `${chat.chatId}`],
    [titles.about, aboutOf(context, texts)],
    [titles.order, context.returnId === undefined ? '' : `${context.orderId ?? ''}`],
    [titles.shop, `${context.campaignId ?? ''}`],
    [titles.buyer, buyerOf(context)],
    [titles.status, stateOf(chat, texts)],
    [titles.created, at(chat.createdAt)],
    [titles.updated, at(chat.updatedAt)],
  ]
  const told = all.filter(([, value]) => value !== '')
  return formatRows(told, title => paint('dim', title))
}
