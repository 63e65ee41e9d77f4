import { openAsBlob } from 'node:fs'
import { MarketClient, makeMemoryStore, syncChats } from '@prilavok/client'

const { PRILAVOK_API_KEY: apiKey = '', PRILAVOK_BUSINESS_ID: businessId = '', PRILAVOK_URL: baseUrl } = process.env
const market = new MarketClient({ apiKey, businessId, baseUrl })
const { items: waiting } = await market.chats.list({ statuses: ['WAITING_FOR_PARTNER'] }).page()
for (const { chatId, context } of waiting) console.log(`Chat ${chatId} about order ${context.orderId} waits.`)
const chat = waiting.at(-1)
if (chat) {
  await market.messages.send(chat.chatId, 'Good day! This is how it looks:')
  await market.messages.sendFile(chat.chatId, { name: 'photo.png', data: await openAsBlob('photo.png') })
}
await syncChats(market, makeMemoryStore(), { begin: 'now', sweepEveryMs: 5_000, onChange: console.log })
