const { startMarket } = require('prilavok/testing')

let market
beforeAll(async () => {
  market = await startMarket() // without `notify`: a receiver of the market's own takes everything
}, 30_000)
beforeEach(() => market.reset())
afterAll(() => market.stop())

test('a shop reads what a buyer has written, though timers stand still', async () => {
  jest.useFakeTimers()
  const { chatId } = await market.buyer.writes('Where is my order?')
  await market.expectNotification('CHAT_MESSAGE_SENT', { chatId })
  jest.useRealTimers()

  const response = await fetch(`${market.url}/v2/businesses/${market.businessId}/chats/history?chatId=${chatId}`, {
    method: 'POST',
    headers: { 'api-key': market.apiKey, 'content-type': 'application/json' },
    body: '{}',
  })
  const { result } = await response.json()
  expect(result.messages.map(({ message }) => message)).toEqual(['Where is my order?'])
})
