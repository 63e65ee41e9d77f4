import { expect, test } from 'vitest'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeShop } from '../support/shop-command.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

async function write({ businessId }: TestBusiness, chatId: bigint, text: string): Promise<bigint> {
  const path = `POST /businesses/${businessId}/chats/${chatId}/customer-messages` as const
  const { message } = await askAdminFor<{ message: { messageId: number } }>(market, path, { text })
  return BigInt(message.messageId)
}

test('chats are listed in a table for people, in their language', async () => {
  const business = await makeBusiness(market)
  const orderId = await business.makeOrder()
  const shop = makeShop(market, business)
  const [opened] = await shop.json(['chats', 'open', '--order', `${orderId}`])
  const { chatId } = opened as { chatId: number }
  await write(business, BigInt(chatId), 'Где заказ?')

  const english = await shop.run(['chats', 'list', '--waiting'])
  const russian = await shop.run(['chats', 'list', '--order', `${orderId}`], { LC_ALL: 'ru_RU.UTF-8' })

  expect(english.out.split('\n')).toEqual([
    expect.stringMatching(/^ *CHAT {2}ABOUT +BUYER {2}STATUS +UPDATED$/),
    expect.stringMatching(new RegExp(`^ *${chatId}  order ${orderId} +Анна +waits for you +(now|\\d+ sec. ago)$`)),
  ])
  expect(russian.out.split('\n')[1]).toMatch(
    new RegExp(`^ *${chatId}  заказ ${orderId} +Анна +ждёт вас +(сейчас|\\d+ сек. назад)$`),
  )
  expect([english.code, russian.code]).toEqual([0, 0])
})

test('for programs there is a line of JSON for each chat, and ids keep all their digits', async () => {
  const business = await makeBusiness(market)
  const orderId = await business.makeOrder(9_223_372_036_854_775_801n)
  const shop = makeShop(market, business)
  await shop.run(['chats', 'open', '--order', `${orderId}`])
  await business.makeChat()

  const { out } = await shop.run(['chats', 'list', '--json', '--order', `${orderId}`])
  const all = await shop.json(['chats', 'list'])
  const one = await shop.json(['chats', 'list', '--limit', '1'])

  expect(out).toMatch(/^\{"chatId":\d+,.*"orderId":9223372036854775801[,}]/)
  expect([all.length, one.length]).toEqual([2, 1])
})

test('the chat of an order is opened once, and shown', async () => {
  const business = await makeBusiness(market)
  const orderId = await business.makeOrder()
  const shop = makeShop(market, business)

  const first = await shop.json(['chats', 'open', '--order', `${orderId}`])
  const again = await shop.json(['chats', 'open', '--order', `${orderId}`])
  const { chatId } = first[0] as { chatId: number }
  const shown = await shop.run(['chats', 'show', `${chatId}`])

  expect(again).toEqual(first)
  expect(shown.out).toMatch(
    new RegExp(
      `^Chat +${chatId}\nAbout +order ${orderId}\nShop +${business.campaignId}\nBuyer +Анна\nStatus +new, empty\n`,
    ),
  )
})

test("history is told by day, and what a buyer writes cannot move the reader's cursor", async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const shop = makeShop(market, business)
  const first = await write(business, chatId, 'Где\nзаказ? \u001b[2J\u009b31m\u202e')
  const second = await write(business, chatId, '=1')

  const all = await shop.run(['history', `${chatId}`])
  const later = await shop.json(['history', `${chatId}`, '--from', `${second}`])

  const [day, ...lines] = all.out.split('\n')
  const indent = `${first}  00:00  Анна      `.length
  expect(day).toMatch(/^\w+ \d+, \d{4}$/)
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^${first}  \\d\\d:\\d\\d  Анна      Где$`)),
    `${' '.repeat(indent)}заказ? �[2J�31m�`,
    expect.stringMatching(new RegExp(`^${second}  \\d\\d:\\d\\d  Анна      =1$`)),
  ])
  expect(later).toMatchObject([{ chatId: Number(chatId), messageId: Number(second), text: '=1' }])
})

test('history prints so many of the oldest, or of the newest and then those to come', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  for (const text of ['one', 'two', 'three']) await write(business, chatId, text)
  const shop = makeShop(market, business)
  const texts = async (...args: string[]) => {
    const told = await shop.json(['history', `${chatId}`, ...args])
    return (told as { text: string }[]).map(({ text }) => text) // as it prints
  }

  expect(await texts('--limit', '2')).toEqual(['one', 'two'])
  expect(await texts('--tail', '2')).toEqual(['two', 'three'])
  expect(await texts('--tail', '0')).toEqual([])
  const following = shop.start(['history', `${chatId}`, '--tail', '1', '--follow', '--every', '1'])
  await following.linesUntil('three')
  await write(business, chatId, 'four')
  expect((await following.linesUntil('four')).slice(1).map(line => line.split(/ +/).at(-1))).toEqual(['three', 'four'])
})

test('history follows what comes, each message once, until Ctrl-C', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  await write(business, chatId, 'one')
  const running = makeShop(market, business).start(['history', `${chatId}`, '--follow', '--every', '1'])
  await running.linesUntil('one')
  await write(business, chatId, 'two')
  await running.linesUntil('two')
  await write(business, chatId, 'three')
  const lines = await running.linesUntil('three')
  running.child.kill('SIGINT')

  expect(lines.slice(1).map(line => line.split(/ +/).at(-1))).toEqual(['one', 'two', 'three'])
  expect(await running.ended).toMatchObject({ code: 130, err: '' })
})

test('watch tells what happens from now on, a line each, until Ctrl-C', async () => {
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  await write(business, chatId, 'before')
  const running = makeShop(market, business).start(['watch', '--every', '1', '--json'])
  const settled = async () =>
    (await askAdminFor<{ requests: unknown[] }>(market, `GET /businesses/${business.businessId}/requests`)).requests
      .length
  await expect.poll(settled).toBeGreaterThan(2)
  await write(business, chatId, 'Новый вопрос')
  const line = (await running.linesUntil('Новый вопрос')).find(each => each.includes('Новый вопрос')) ?? ''
  running.child.kill('SIGINT')

  expect(JSON.parse(line)).toMatchObject({ kind: 'message', chatId: Number(chatId), message: { sender: 'CUSTOMER' } })
  expect(await running.ended).toMatchObject({ code: 130, err: '', out: expect.not.stringContaining('before') })
})

test('colours come and go as people ask for them', async () => {
  const business = await makeBusiness(market)
  await business.makeChat()
  const shop = makeShop(market, business)

  const piped = await shop.run(['chats', 'list'])
  const forced = await shop.run(['chats', 'list'], { FORCE_COLOR: '1' })
  const forbidden = await shop.run(['chats', 'list'], { NO_COLOR: '1' })

  expect([piped, forced, forbidden].map(({ out }) => out.includes('\u001b['))).toEqual([false, true, false])
})

test.each<[args: string[], code: number, line: string]>([
  [
    ['chats', 'show', '999999999'],
    1,
    "prilavok: This business has no such thing (Can't find chat by id: 999999999): check the id and the profile.",
  ],
  [['chats', 'open'], 2, 'prilavok: Say what the chat is about: --order or --return, one of them.'],
  [['chats', 'show', 'x'], 2, 'error: <chat> cannot be "x". It must be a number.'],
  [['chats', 'list', '--status', 'x'], 2, 'error: --status <status> cannot be "x". There are: new, '],
  [['history', '1', '--every', '0'], 2, 'error: --every <seconds> cannot be "0".'],
  [['chats', 'list', '--profile', 'other'], 2, 'prilavok: PRILAVOK_API_KEY is set and wins over profiles'],
])('%j ends with %d and says why', async (args, code, line) => {
  const ended = await makeShop(market, await makeBusiness(market)).run(args)
  expect(ended).toMatchObject({ code, out: '' })
  expect(ended.err).toContain(line)
})

test('trouble is told in one line of the language, without the key', async () => {
  const business = await makeBusiness(market)
  const key = `ACMA:${'a'.repeat(40)}:01234567`
  const shop = makeShop(market, business)

  const wrongKey = await shop.run(['chats', 'list'], { PRILAVOK_API_KEY: key })
  const nobody = await shop.run(['chats', 'list'], { PRILAVOK_URL: 'http://127.0.0.1:2', LC_ALL: 'ru_RU.UTF-8' })
  const others = await shop.run(['chats', 'list'], { PRILAVOK_BUSINESS_ID: '77' })

  expect(wrongKey).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^prilavok: The market does not accept this key \(.*\): log in again.*\n$/),
  })
  expect(nobody.err).toMatch(
    /^prilavok: Нет связи с Маркетом по адресу http:\/\/127\.0\.0\.1:2 \(ECONNREFUSED\): проверьте сеть и адрес\.\n$/,
  )
  expect(others).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^prilavok: The market forbids this \(Access denied\)/),
  })
  expect([wrongKey.err, wrongKey.out, others.err].join('')).not.toContain(key.slice(5, 20))
})

test('whoever stops reading has seen enough: no complaint', async () => {
  const business = await makeBusiness(market)
  await business.makeChat()
  const running = makeShop(market, business).start(['chats', 'list', '--json'])
  running.child.stdout?.destroy()

  expect(await running.ended).toEqual({ code: 0, out: '', err: '' })
})
