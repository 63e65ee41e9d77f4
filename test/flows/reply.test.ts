import { expect, test } from 'vitest'
import { makeCabinet } from '../support/cabinet.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

test('a shop finds the chat of an order, answers in it, and reads its own words back', async () => {
  const shop = await makeCabinet(market)
  const chatId = await shop.makeChat()

  const sent = await shop.call(`/chats/message?chatId=${chatId}`, { message: '  Заказ уже в пути  ' })
  const history = await shop.call(`/chats/history?chatId=${chatId}`, {})

  expect(sent.text).toBe('{"status":"OK"}')
  expect(history.body).toMatchObject({
    result: { messages: [{ sender: 'PARTNER', message: 'Заказ уже в пути' }], paging: {} },
  })
})
