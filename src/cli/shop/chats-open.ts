import type { About } from '#client'
import { WrongUsage } from '../wrong-usage.ts'
import { print, printJson } from './print.ts'
import { runForShop } from './run-shop.ts'
import type { ShopFlags } from './shop.ts'
import type { Texts } from './texts/index.ts'

export type OpenFlags = ShopFlags & { order?: bigint; return?: bigint }

/** Opens the chat of an order or a return; the market answers with the one there is. */
export async function openChat(flags: OpenFlags): Promise<void> {
  await runForShop(flags, async ({ market, texts, signal, isJson }) => {
    const about = aboutOf(flags, texts)
    const chatId = await market.chats.open(about, { signal })
    if (isJson) printJson({ chatId })
    else print(texts.chats.opened(chatId, wordsOf(about, texts)))
    return 0
  })
}

function aboutOf({ order, return: returned }: OpenFlags, texts: Texts): { order: bigint } | { return: bigint } {
  if (order !== undefined && returned === undefined) return { order }
  if (returned !== undefined && order === undefined) return { return: returned }
  throw new WrongUsage(texts.usage.oneAbout)
}

function wordsOf(about: About, { contexts }: Texts): string {
  return 'order' in about ? contexts.order(BigInt(about.order)) : contexts.return(BigInt(about.return))
}
