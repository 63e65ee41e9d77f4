/** Told by the market of every message, prints what buyers write: node express-receiver.ts. Here the secret is that of prilavok listen --print-secret. */
import { createReceiver, MarketClient, toNodeHandler } from '@prilavok/client'
import express from 'express'

const { PRILAVOK_API_KEY: apiKey = '', PRILAVOK_BUSINESS_ID: businessId = '', PRILAVOK_URL: baseUrl } = process.env
const { PORT = '3000', WEBHOOK_SECRET } = process.env
const market = new MarketClient({ apiKey, businessId, baseUrl })

const receive = createReceiver({
  name: 'My shop',
  verify: WEBHOOK_SECRET ? { secrets: WEBHOOK_SECRET } : { addresses: 'yandex' },
  async onMessage({ chatId, messageId }) {
    const { sender, text, files } = await market.messages.get(chatId, messageId)
    if (sender === 'CUSTOMER') console.log(`Chat ${chatId}: ${text ?? files?.map(({ name }) => name)}`)
  },
  onDisputeStarted: ({ chatId }) => console.log(`Chat ${chatId}: a dispute`),
  onError: error => console.error(error),
})

const app = express()
app.post('/notification', toNodeHandler(receive))
app.listen(Number(PORT), () => console.log(`Waiting for notifications on port ${PORT}`))
