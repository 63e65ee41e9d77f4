/** Every message of every chat as CSV: node export-csv.ts > chats.csv */
import { pipeline } from 'node:stream/promises'
import { MarketClient } from '@prilavok/client'

const { PRILAVOK_API_KEY: apiKey = '', PRILAVOK_BUSINESS_ID: businessId = '', PRILAVOK_URL: baseUrl } = process.env
const market = new MarketClient({ apiKey, businessId, baseUrl })
// Leaves a part of the hour's calls to whoever answers buyers meanwhile.
const inBackground = { urgency: 'backfill' } as const

async function* lines(): AsyncGenerator<string> {
  yield lineOf(['chat', 'order', 'buyer', 'message', 'at', 'sender', 'text', 'files'])
  for await (const { chatId, context } of market.chats.list({ limit: 20 }, inBackground)) {
    for await (const message of market.messages.history(chatId, { limit: 100 }, inBackground)) {
      const { messageId, createdAt, sender, text, files = [] } = message
      const urls = files.map(({ url }) => url).join(' ')
      const buyer = context.customer?.name
      yield lineOf([chatId, context.orderId, buyer, messageId, createdAt.toISOString(), sender, text, urls])
    }
  }
}

function lineOf(cells: readonly (bigint | string | undefined)[]): string {
  return `${cells.map(cell => quote(`${cell ?? ''}`)).join(',')}\r\n`
}

/** A spreadsheet would run a buyer's text that begins like a formula. */
function quote(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}

await pipeline(lines, process.stdout)
