import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Chats = { result: { chats: { chatId: number }[] } }
type History = { result: { messages: { messageId: number; message: string }[] } }

/** The chat's customer, as the storefront has it. */
async function buyerOf(publicId: string) {
  const made = await ask(`${market.url}/admin/v1/customers/${publicId}/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${market.adminToken}` },
  })
  const { token } = made.body as { token: string } // the admin API's answer
  return (path: string, json?: unknown) =>
    ask(`${market.url}/buyer/v1${path}`, {
      method: json ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}` },
      json,
    })
}

test('a shop finds the chats that wait for it, reads what is new since the last id it knows, and answers', async () => {
  const shop = await makeBusiness(market)
  const buyer = await buyerOf(shop.customer.publicId)
  const [chatId] = [await shop.makeChat(), await shop.makeChat()]
  const messages = `/businesses/${shop.businessId}/chats/${chatId}/messages`
  await buyer(messages, { text: 'Где мой заказ?' })
  const first = (await shop.call(`/chats/history?chatId=${chatId}`, {})).body as History // the published answer
  const known = first.result.messages.at(-1)?.messageId
  await buyer(messages, { text: 'Уже нашёлся' })

  const waiting = await shop.call('/chats', { statuses: ['WAITING_FOR_PARTNER'] })
  const news = await shop.call(`/chats/history?chatId=${chatId}`, { messageIdFrom: known })
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Отлично!' })
  const nobody = await shop.call('/chats', { statuses: ['WAITING_FOR_PARTNER'] })
  const seen = await buyer(messages)

  expect((waiting.body as Chats).result.chats.map(chat => chat.chatId)).toEqual([Number(chatId)]) // the published answer
  expect((news.body as History).result.messages.map(item => item.message)).toEqual(['Где мой заказ?', 'Уже нашёлся']) // likewise
  expect((nobody.body as Chats).result.chats).toEqual([]) // likewise
  expect(seen.text).toContain('Отлично!')
})

test('one message is read by its id alone', async () => {
  const shop = await makeBusiness(market)
  const buyer = await buyerOf(shop.customer.publicId)
  const chatId = await shop.makeChat()
  const sent = await buyer(`/businesses/${shop.businessId}/chats/${chatId}/messages`, { text: 'Подойдёт ли рама 18?' })
  const { messageId } = (sent.body as { message: { messageId: number } }).message // the buyer API's answer

  const message = await shop.call(`/chats/message?chatId=${chatId}&messageId=${messageId}`)

  expect(message.body).toMatchObject({ result: { messageId, sender: 'CUSTOMER', message: 'Подойдёт ли рама 18?' } })
})
