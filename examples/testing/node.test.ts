import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { startMarket } from 'prilavok/testing'
import { answer, Handler } from './handler.ts'

const handler = new Handler()
const market = await startMarket({ notify: await handler.listen() })
handler.shop = market
beforeEach(() => market.reset())
after(() => market.stop())

test('a buyer is answered', async () => {
  await market.buyer.writes('Where is my order?')
  await market.expectNotification('CHAT_MESSAGE_SENT')
  const messages = await market.buyer.reads()
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['Where is my order?', answer],
  )
})

test('two buyers have a chat each', async () => {
  const other = await market.newBuyer()
  const first = await market.buyer.writes('Where is my order?')
  const second = await other.sends({ name: 'photo.txt', bytes: Buffer.from('a photo') })
  assert.notEqual(first.chatId, second.chatId)
  await market.expectNotification('CHAT_MESSAGE_SENT', { chatId: second.chatId })
})
