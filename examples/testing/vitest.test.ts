import { startMarket } from 'prilavok/testing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { answer, Handler } from './handler.ts'

const handler = new Handler()
const market = await startMarket({ notify: await handler.listen() }) // rejects if PING is not answered
handler.shop = market
beforeEach(() => market.reset())
afterAll(() => market.stop())

async function answers() {
  const messages = await market.buyer.reads()
  return messages.filter(({ sender }) => sender === 'PARTNER').map(({ text }) => text)
}

test('a buyer is answered once, though each notification comes twice', async () => {
  await market.fault('duplicate', { times: 2 })
  await market.buyer.writes('Where is my order?')
  await market.expectNotification('CHAT_MESSAGE_SENT')
  expect(await answers()).toEqual([answer])
})

test.each([
  ['the market is away for a moment', 'answer-503'],
  ["the market's own answer is lost", 'drop-connection'],
] as const)('a buyer is answered once by the retry when %s', async (_what, fault) => {
  await market.fault(fault, { operation: 'sendMessageToChat' })
  await market.buyer.writes('Where is my order?')
  await market.expectNotification('CHAT_MESSAGE_SENT', { answered: 500 })
  await market.advance('2 minutes')
  await market.expectNotification('CHAT_MESSAGE_SENT')
  expect(await answers()).toEqual([answer])
})

test('a dispute is left to people', async () => {
  await market.buyer.opensDispute('It came broken')
  const { chatId } = await market.expectNotification('CHAT_ARBITRAGE_STARTED')
  expect(handler.disputes).toContain(chatId)
})
