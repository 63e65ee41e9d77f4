import { openAsBlob } from 'node:fs'
import { MarketClient, makeMemoryStore, syncChats } from '@prilavok/client'

const { PRILAVOK_API_KEY: apiKey = '', PRILAVOK_BUSINESS_ID: businessId = '', PRILAVOK_URL: baseUrl } = process.env
const market = new MarketClient({ apiKey, businessId, baseUrl })
const photo = { name: 'photo.png', data: await openAsBlob('photo.png') }
const waiting = []
for await (const chat of market.chats.list({ statuses: ['WAITING_FOR_PARTNER'] })) waiting.push(chat)
for (const { chatId, context } of waiting) console.log(`Chat ${chatId} waits: ${context.type} ${context.orderId ?? ''}`)
const longest = waiting.at(-1)?.chatId
if (longest) await market.messages.send(longest, 'Good day! This is how it looks:')
if (longest) await market.messages.sendFile(longest, photo)
await syncChats(market, makeMemoryStore(), { begin: 'now', sweepEveryMs: 5_000, onChange: console.log })
