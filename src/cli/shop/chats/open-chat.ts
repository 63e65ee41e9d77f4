import type { About } from '#client'
import { print, printJson } from '../../terminal/print.ts'
import { WrongUsage } from '../../terminal/wrong-usage.ts'
import type { Texts } from '../../texts/index.ts'
import type { ShopFlags } from '../session/open-shop.ts'
import { runForShop } from '../session/run-shop.ts'

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
