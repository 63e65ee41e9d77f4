import { text as readAll } from 'node:stream/consumers'
import type { SentOnce } from '#client'
import { textMaxLength } from '#contract'
import { print, printJson, say } from '../../terminal/print.ts'
import { WrongUsage } from '../../terminal/wrong-usage.ts'
import type { Texts } from '../../texts/index.ts'
import { describeError } from '../session/explain-error.ts'
import type { Shop, ShopFlags } from '../session/open-shop.ts'
import { exitCodes, runForShop } from '../session/run-shop.ts'

export type SendFlags = ShopFlags & { since?: bigint }

/** Sends a text and says which message it has become, that it was not sent, or that nobody can tell. */
export async function sendText(chatId: bigint, given: string, flags: SendFlags): Promise<void> {
  await runForShop(flags, async shop => {
    const text = given === '-' ? await readAll(process.stdin) : given
    requireFitting(text.trim().length, shop.texts)
    const options = { signal: shop.signal, ...(flags.since !== undefined && { since: flags.since }) }
    return tell(await shop.market.messages.sendOnce(chatId, text, options), chatId, shop)
  })
}

function requireFitting(length: number, { usage, language }: Texts): void {
  if (length === 0) throw new WrongUsage(usage.emptyText)
  const format = (count: number) => count.toLocaleString(language)
  if (length > textMaxLength) throw new WrongUsage(usage.longText(format(length), format(textMaxLength)))
}

function tell(sent: SentOnce, chatId: bigint, { texts, isJson, access }: Shop): number {
  const why = sent.state === 'confirmed' ? undefined : describeError(sent.why, texts, access.baseUrl)
  if (isJson) printJson({ chatId, ...sent, why })
  switch (sent.state) {
    case 'confirmed':
      if (!isJson) print(texts.send.confirmed(sent.messageId, `${chatId}`))
      return 0
    case 'notSent':
      if (!isJson) say(`prilavok: ${texts.send.notSent(why ?? '')}`)
      return exitCodes.toMend
    case 'unknown':
      if (!isJson) say(`prilavok: ${texts.send.unknown(`${chatId}`)}`)
      return exitCodes.unknown
  }
}
