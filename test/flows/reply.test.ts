import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type History = { result: { messages: { messageId: number; message?: string; payload?: { url: string }[] }[] } }

test('a shop answers in the chat of an order and reads its own words back, trimmed', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()

  const sent = await shop.call(`/chats/message?chatId=${chatId}`, { message: '  Заказ уже в пути  ' })
  const history = await shop.call(`/chats/history?chatId=${chatId}`, {})

  expect(sent.text).toBe('{"status":"OK"}')
  expect(history.body).toMatchObject({
    result: { messages: [{ sender: 'PARTNER', message: 'Заказ уже в пути' }], paging: {} },
  })
})

test('a file becomes a message of its own, with a link that the key opens', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const form = new FormData()
  form.set('file', new Blob(['Таблица размеров']), 'размеры.txt')
  const headers = { 'api-key': shop.token }

  const sent = await ask(`${market.url}/v2/businesses/${shop.businessId}/chats/file/send?chatId=${chatId}`, {
    method: 'POST',
    headers,
    body: form,
  })
  const history = await shop.call(`/chats/history?chatId=${chatId}`, {})
  const message = (history.body as History).result.messages[0] // the published answer
  const file = await fetch(message?.payload?.[0]?.url ?? '', { headers })

  expect(sent.text).toBe('{"status":"OK"}')
  expect(message).toMatchObject({ sender: 'PARTNER', payload: [{ name: 'размеры.txt', size: 31 }] })
  expect(message).not.toHaveProperty('message')
  expect(await file.text()).toBe('Таблица размеров')
})

test('an answer moves the chat to waiting for the buyer and to the top of the list', async () => {
  const shop = await makeBusiness(market)
  const [first, second] = [await shop.makeChat(), await shop.makeChat()]

  await shop.call(`/chats/message?chatId=${first}`, { message: 'Здравствуйте!' })
  const chats = await shop.call('/chats', {})

  expect(chats.body).toMatchObject({
    result: {
      chats: [
        { chatId: Number(first), status: 'WAITING_FOR_CUSTOMER' },
        { chatId: Number(second), status: 'NEW' },
      ],
    },
  })
})

test('a chat of another business answers as one that does not exist', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  const chatId = await other.makeChat()

  const answers = await Promise.all([
    shop.call(`/chats/message?chatId=${chatId}`, { message: 'x' }),
    shop.call(`/chats/history?chatId=${chatId}`, {}),
    shop.call(`/chat?chatId=${chatId}`),
    shop.call(`/chats/message?chatId=${chatId}&messageId=1`),
  ])

  expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([404]))
  expect(new Set(answers.map(answer => answer.text)).size).toBe(1)
  expect(answers[0]?.text).toContain(`Can't find chat by id: ${chatId}`)
})
