import { beforeAll, expect, test } from 'vitest'
import type { ChatId } from '#contract'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { askDesk, type DeskPerson, invite } from '../support/desk-person.ts'
import { ask } from '../support/http.ts'
import { connectCabinet, readShopTexts, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const desk = useDesk()
let anna: DeskPerson
let shop: TestBusiness
let cabinetId: bigint

beforeAll(async () => {
  anna = await invite(desk, 'operator')
  shop = await makeBusiness(market)
  cabinetId = await connectCabinet(desk.running, market, shop)
})

type Answer = { answerId: string; state: string; text?: string; file?: { name: string; sizeBytes: number }; by: string }
type OpenChat = { lastMessageId?: number; newestAnswer: number; answers: Answer[]; view: string; hasDraft: boolean }
type Chat = { chatId: ChatId; path: `/${string}` }

/** A chat of the market that the desk knows, with a question in it. */
async function makeChat(): Promise<Chat> {
  const chatId = await shop.makeChat()
  await buyerWrites({ chatId }, 'Где заказ?')
  const path = `/cabinets/${cabinetId}/chats/${chatId}` as const
  await expect.poll(async () => (await anna.ask(`GET ${path}`)).text).toContain('Где заказ?')
  return { chatId, path }
}

const buyerWrites = ({ chatId }: Pick<Chat, 'chatId'>, text: string) =>
  writeAs('customer', { market, shop, chatId }, text)
const open = ({ path }: Chat) => anna.get<OpenChat>(`GET ${path}`)
const answer = ({ path }: Chat, text: string, more: object = {}) =>
  anna.ask(`POST ${path}/answers`, { json: { answerId: crypto.randomUUID(), text, ...more } })
const shopTexts = ({ chatId }: Chat) => readShopTexts(market, chatId)

test('an answer reaches the buyer, and its draft is gone', async () => {
  const chat = await makeChat()
  await anna.get(`PUT ${chat.path}/draft`, { text: 'Здрав' })
  const { lastMessageId } = await open(chat)

  const { status, body } = await answer(chat, ' Здравствуйте! ', { seenMessageId: lastMessageId })

  expect([status, body]).toEqual([201, expect.objectContaining({ text: 'Здравствуйте!', by: 'Имя operator' })])
  await expect.poll(() => shopTexts(chat)).toEqual(['Здравствуйте!'])
  await expect.poll(() => open(chat)).toMatchObject({ view: 'buyer', answers: [], hasDraft: false })
})

test('an answer is refused when the buyer wrote meanwhile, unless it is to go anyway', async () => {
  const chat = await makeChat()
  const { lastMessageId } = await open(chat)
  await buyerWrites(chat, 'Уже нашёлся')
  await buyerWrites(chat, 'Спасибо')
  await expect.poll(async () => (await anna.ask(`GET ${chat.path}`)).text).toContain('Спасибо')

  const refused = await answer(chat, 'Ищем', { seenMessageId: lastMessageId })
  const anyway = await answer(chat, 'Рады', { seenMessageId: lastMessageId, anyway: true })

  expect(refused.body).toMatchObject({ status: 409, newMessages: 2 })
  expect(anyway.status).toBe(201)
  await expect.poll(() => shopTexts(chat)).toEqual(['Рады'])
})

test('an answer is refused when somebody else answers at the same time', async () => {
  const boris = await invite(desk, 'operator')
  const chat = await makeChat()
  const { lastMessageId: seenMessageId } = await open(chat)
  await boris.get(`POST ${chat.path}/answers`, {
    answerId: crypto.randomUUID(),
    text: 'Борис',
    undoSeconds: 30,
    seenMessageId,
  })

  expect((await answer(chat, 'Анна', { seenMessageId })).body).toMatchObject({ status: 409, newAnswers: 1 })
})

test('of two windows of one person, the one that has not seen the answer of the other is told, and what it wrote itself is no news', async () => {
  const chat = await makeChat()
  const { lastMessageId: seenMessageId, newestAnswer } = await open(chat)
  const seen = { seenMessageId, seenAnswer: newestAnswer }
  const first = (await answer(chat, 'Из первого окна', seen)).body as { number: number }
  await expect.poll(() => shopTexts(chat)).toEqual(['Из первого окна'])
  await expect.poll(() => open(chat)).toMatchObject({ answers: [], newestAnswer: first.number })

  const blind = await answer(chat, 'Из второго окна', seen)
  const own = await answer(chat, 'И ещё', { ...seen, seenAnswer: first.number })

  expect(blind.body).toMatchObject({ status: 409, newMessages: 0, newAnswers: 1 })
  expect(own.status).toBe(201)
})

test('the same answer asked for twice is one, whatever its text is then', async () => {
  const chat = await makeChat()
  const answerId = crypto.randomUUID()

  const all = await Promise.all(['Едет', 'Едет', 'Другое'].map(text => answer(chat, text, { answerId })))

  const texts = all.map(({ body }) => (body as Answer).text)
  expect(new Set(texts).size).toBe(1)
  await expect.poll(() => shopTexts(chat)).toEqual([texts[0]])
  expect((await answer(await makeChat(), 'Едет', { answerId })).status).toBe(409)
})

test('an answer is taken back as long as it waits, and its text is given back', async () => {
  const chat = await makeChat()
  const [waiting, gone] = [crypto.randomUUID(), crypto.randomUUID()]
  await answer(chat, 'Ой', { answerId: waiting, undoSeconds: 30 })
  const before = await open(chat)

  const taken = await anna.get(`DELETE ${chat.path}/answers/${waiting}`)
  const again = await anna.ask(`DELETE ${chat.path}/answers/${waiting}`)
  await answer(chat, 'Едет', { answerId: gone })
  await expect.poll(() => shopTexts(chat)).toEqual(['Едет'])
  const late = await anna.ask(`DELETE ${chat.path}/answers/${gone}`)

  expect(before.answers).toMatchObject([{ answerId: waiting, state: 'waiting', text: 'Ой' }])
  expect([taken, again.status, late.status]).toEqual([{ text: 'Ой' }, 409, 409])
})

test.each([
  ['nothing', '  ', {}, 400],
  ['too much', 'я'.repeat(4097), {}, 422],
  ['an id that is none', 'Едет', { answerId: 'x'.repeat(36) }, 400],
  ['a time to undo that is too long', 'Едет', { undoSeconds: 31 }, 400],
])('what cannot be sent is refused: %s', async (_what, text, more, status) => {
  const chat = await makeChat()

  expect((await answer(chat, text, more)).status).toBe(status)
  expect((await open(chat)).answers).toEqual([])
})

test('what is refused by the market can be put away, what has left cannot', async () => {
  const chat = await makeChat()
  const answerId = crypto.randomUUID()
  await answer(chat, 'Едет', { answerId, undoSeconds: 30 })
  await desk.sql`update desk.answers set state = 'failed', why = 'no' where answer_id = ${answerId}::uuid`
  const troubled = await open(chat)

  await anna.get(`POST ${chat.path}/answers/${answerId}/dismiss`)

  expect(troubled).toMatchObject({ troubled: true, answers: [{ state: 'failed', why: 'no' }] })
  expect(await open(chat)).toMatchObject({ troubled: false, answers: [] })
  for (const act of ['again', 'dismiss'])
    expect((await anna.ask(`POST ${chat.path}/answers/${answerId}/${act}`)).status).toBe(409)
  expect((await anna.ask(`POST ${chat.path}/answers/${crypto.randomUUID()}/again`)).status).toBe(404)
})

const form = (name: string, bytes: string | Uint8Array<ArrayBuffer>, part = 'file') => {
  const body = new FormData()
  body.append(part, new Blob([bytes]), name)
  return body
}
const send = ({ path }: Chat, body: FormData, query = `answerId=${crypto.randomUUID()}`) =>
  anna.ask(`POST ${path}/files?${query}`, { body })
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

type MessageView = { sender: string; files?: { name: string; state: string; url?: string; isPicture: boolean }[] }
const filesOf = async ({ path }: Chat) =>
  (await anna.get<{ messages: MessageView[] }>(`GET ${path}/messages`)).messages.flatMap(({ files = [] }) => files)

test('a file reaches the buyer and is kept by the desk; a picture is shown, anything else is a download', async () => {
  const chat = await makeChat()
  await send(chat, form('фото.png', new Uint8Array(png)))
  await send(chat, form('страница.html', '<script>alert(1)</script>'))
  await expect.poll(async () => (await filesOf(chat)).map(({ state }) => state)).toEqual(['kept', 'kept'])

  const [picture, page] = await filesOf(chat)
  const read = (url = '') => ask(desk.url + url, { headers: { cookie: anna.cookie } })
  const [shown, download] = [await read(picture?.url), await read(page?.url)]

  expect(await shopTexts(chat)).toEqual(['фото.png', 'страница.html'])
  expect([picture?.isPicture, page?.isPicture]).toEqual([true, false])
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(shown.headers.get('content-disposition')).toContain(`inline; filename="____.png"; filename*=UTF-8''`)
  expect(download.text).toBe('<script>alert(1)</script>')
  expect(download.headers.get('content-type')).toBe('application/octet-stream')
  expect(download.headers.get('content-disposition')).toMatch(/^attachment/)
  for (const { headers } of [shown, download]) {
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
  expect((await ask(desk.url + page?.url)).status).toBe(401)
})

test('a file that is too large, empty, not there or not a form is refused, and nothing is written', async () => {
  const chat = await makeChat()
  const large = new Uint8Array(5 * 1024 * 1024 + 1)

  const refused = [
    await send(chat, form('a.bin', large)),
    await send(chat, form('a.bin', '')),
    await send(chat, form('a.bin', 'x', 'other')),
    await askDesk(desk, `POST ${chat.path}/files?answerId=${crypto.randomUUID()}`, {
      ...{ headers: { cookie: anna.cookie, 'content-type': 'text/plain' }, body: 'x' },
    }),
    await send(chat, form('a.bin', 'x'), 'answerId=x'),
    await send({ ...chat, path: `/cabinets/${cabinetId}/chats/9` }, form('a.bin', 'x')),
  ]

  expect(refused.map(({ status }) => status)).toEqual([422, 422, 400, 415, 400, 404])
  expect((await open(chat)).answers).toEqual([])
})
