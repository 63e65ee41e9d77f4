/** Answers what it can by itself, each message at most once; the rest waits for people. Ctrl-C ends it. */
import { type Change, MarketClient, makeMemoryStore, syncChats } from '@prilavok/client'

const { PRILAVOK_API_KEY: apiKey = '', PRILAVOK_BUSINESS_ID: businessId = '', PRILAVOK_URL: baseUrl } = process.env
const market = new MarketClient({ apiKey, businessId, baseUrl })
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const answers = [
  { to: /where|when|где|когда/i, text: 'We have asked the courier and write again within the hour.' },
  { to: /return|refund|вернуть|возврат/i, text: 'Please open a return in your orders: we confirm it today.' },
]

async function reply(change: Change): Promise<void> {
  if (change.kind !== 'message' || change.message.sender !== 'CUSTOMER') return
  const { chatId, message } = change
  const answer = answers.find(({ to }) => to.test(message.text ?? ''))
  if (!answer) return console.log(`Chat ${chatId}: for people`)
  const outcome = await market.messages.sendOnce(chatId, answer.text, { since: message.messageId })
  console.log(`Chat ${chatId}: ${outcome.state}`)
}

await syncChats(market, makeMemoryStore(), {
  begin: 'now',
  sweepEveryMs: 5_000,
  onChange: reply,
  signal: stop.signal,
}).catch(error => {
  if (!stop.signal.aborted) throw error
})
