import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeClosedFolder } from '../support/private-postgres.ts'
import { makeShop } from '../support/shop-command.ts'
import { makeStallingProxy } from '../support/stalling-proxy.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Told = { messageId: number; message?: string; payload?: { name: string; size: number }[] }

async function historyOf(business: TestBusiness, chatId: bigint): Promise<Told[]> {
  const reply = await business.call(`/chats/history?chatId=${chatId}`, {})
  return (reply.body as { result: { messages: Told[] } }).result.messages // as published
}

test('a text is sent, and its message is named', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const shop = makeShop(market, business)

  const told = await shop.run(['send', `${chatId}`, 'Добрый день'])
  const piped = await shop.run(['send', `${chatId}`, '-', '--json'], {}, 'Со\nстандартного ввода\n')

  const messages = await historyOf(business, chatId)
  expect(messages.map(({ message }) => message)).toEqual(['Добрый день', 'Со\nстандартного ввода'])
  expect(told).toEqual({ code: 0, err: '', out: `Sent: message ${messages[0]?.messageId} in chat ${chatId}.` })
  expect(JSON.parse(piped.out)).toEqual({
    chatId: Number(chatId),
    state: 'confirmed',
    messageId: messages[1]?.messageId,
  })
})

test('what was refused was not sent, and says so', async () => {
  const shop = makeShop(market, await makeBusiness(market))
  const told = await shop.run(['send', '404404', 'Добрый день'])
  const json = await shop.run(['send', '404404', 'Добрый день', '--json'])

  expect(told).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^prilavok: Not sent\. .*404404.*\n$/) })
  expect(json.code).toBe(1)
  expect(JSON.parse(json.out)).toMatchObject({ state: 'notSent', why: expect.stringContaining('404404') })
})

test('a finished chat takes nothing, and both languages say so', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  await askAdminFor(market, `POST /businesses/${business.businessId}/chats/${chatId}/close`)
  const shop = makeShop(market, business)

  const told = await shop.run(['send', `${chatId}`, 'Добрый день'])
  const inRussian = await shop.run(['send-file', `${chatId}`, import.meta.filename], { PRILAVOK_LANG: 'ru' })

  const words = `Chat with id '${chatId}' is closed`
  expect(told).toEqual({ code: 1, out: '', err: `prilavok: Not sent. The chat is finished: ${english} (${words}).\n` })
  expect(inRussian).toEqual({ code: 1, out: '', err: `prilavok: ${russian} (${words}).\n` })
  expect(await historyOf(business, chatId)).toEqual([])
})

const english = 'the market takes no more messages of the shop there'
const russian = 'Чат завершён: Маркет больше не принимает в него сообщения магазина'

test.each([
  [' \n', 'There is no text to send.'],
  ['я'.repeat(4097), 'The text has 4,097 characters, the market takes 4,096: shorten or split it.'],
])('a text that no market takes is not sent (%#)', async (text, why) => {
  const ended = await makeShop(market, await makeBusiness(market)).run(['send', '1', text])
  expect(ended).toEqual({ code: 2, out: '', err: `prilavok: ${why}\n` })
})

test.each([
  ['a text', ['send'], 'Добрый день', '/chats/message'],
  ['a file', ['send-file'], import.meta.filename, '/chats/file/send'],
])('whoever stops a send of %s that is under way is told that nobody can tell', async (_what, command, what, path) => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const proxy = await makeStallingProxy(market.url)
  proxy.stallAfter(path, 0)
  const running = makeShop(proxy, business).start([...command, `${chatId}`, what])
  await proxy.stalled()
  running.child.kill('SIGINT')

  const { code, err } = await running.ended
  expect({ code, err }).toEqual({
    code: 3,
    err: `prilavok: Nobody can tell whether it was sent. Look before you send again: prilavok history ${chatId}\n`,
  })
})

test('a file is sent under its own name; what cannot be sent is told before', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const shop = makeShop(market, business)
  const folder = makeClosedFolder()
  const [photo, empty, big] = ['фото.png', 'empty.png', 'big.png'].map(name => join(folder, name))
  writeFileSync(photo ?? '', Buffer.alloc(300_000, 7))
  writeFileSync(empty ?? '', '')
  writeFileSync(big ?? '', Buffer.alloc(5 * 1024 * 1024 + 1))

  const sent = await shop.run(['send-file', `${chatId}`, photo ?? ''])
  const refused = await Promise.all(
    [empty, big, folder, join(folder, 'none')].map(path => shop.run(['send-file', `${chatId}`, path ?? ''])),
  )

  expect(sent).toEqual({ code: 0, out: `Sent: фото.png in chat ${chatId}.`, err: '' })
  expect((await historyOf(business, chatId)).map(({ payload }) => payload?.[0])).toMatchObject([
    { name: 'фото.png', size: 300_000 },
  ])
  expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1])
  expect(refused.map(({ err }) => err)).toEqual([
    'prilavok: empty.png is empty.\n',
    'prilavok: big.png is larger than 5 MB, the most the market takes.\n',
    `prilavok: ${folder} is not a file.\n`,
    `prilavok: ${join(folder, 'none')} cannot be used: there is no such file.\n`,
  ])
})
