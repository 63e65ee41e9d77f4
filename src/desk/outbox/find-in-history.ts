import type { MarketClient } from '#client'
import { historyPageMax, senders } from '#contract'
import { printOf } from '../cabinets/print.ts'
import type { AnswerRow } from '../store/answers.ts'

const [shop] = senders

/** The shop's messages since the answer was first sent, with their prints. Throws what the market throws. */
export async function readPrints(
  client: MarketClient,
  { chatId, sinceMessageId }: Pick<AnswerRow, 'chatId' | 'sinceMessageId'>,
  signal: AbortSignal,
): Promise<{ messageId: bigint; print: string }[]> {
  const filter = { limit: historyPageMax, ...(sinceMessageId !== null && { from: sinceMessageId }) }
  const found = new Map<bigint, string>()
  for await (const message of client.messages.history(chatId, filter, { urgency: 'person', signal })) {
    const { messageId, sender, text, files: [file] = [] } = message
    if (sender !== shop) continue
    if (file) found.set(messageId, printOf({ file }))
    else if (text !== undefined) found.set(messageId, printOf({ text }))
  }
  return Array.from(found, ([messageId, print]) => ({ messageId, print }))
}
