import { beforeAll, expect, test } from 'vitest'
import { useDesk } from '../support/desk-app.ts'
import { type Seeded, seedCabinet, seedChat } from '../support/desk-chats.ts'
import { type DeskPerson, invite } from '../support/desk-person.ts'

const desk = useDesk()
let anna: DeskPerson
let cabinetId: bigint

beforeAll(async () => {
  anna = await invite(desk, 'viewer')
  cabinetId = await seedCabinet(desk.sql)
})

type Found = {
  chats: { chatId: number | bigint }[]
  messages: { text: string; row: { chatId: number | bigint } }[]
  searched: string[]
}
const search = (q: string, more = '') => anna.get<Found>(`GET /search?q=${encodeURIComponent(q)}${more}`)
const textsOf = ({ messages }: Found) => messages.map(({ text }) => text)
const seed = (text: string, chat: Parameters<typeof seedChat>[2] = {}): Promise<Seeded> =>
  seedChat(desk.sql, cabinetId, { ...chat, said: [{ from: 'CUSTOMER', text }] })

test('a number finds the chat, the order and the return that it is', async () => {
  const byOrder = await seed('a', { orderId: 512340017n })
  const byReturn = await seed('b', { returnId: 7700101n, context: 'RETURN' })
  const idsOf = async (q: string) => (await search(q)).chats.map(({ chatId }) => BigInt(chatId))

  expect(await idsOf('512340017')).toEqual([byOrder.chatId])
  expect(await idsOf('№ 7700101')).toEqual([byReturn.chatId])
  expect(await idsOf(`${byReturn.chatId}`)).toEqual([byReturn.chatId])
  expect(await idsOf('512340018')).toEqual([])
})

test('a name finds its chats, also by its beginning and with its words in any order', async () => {
  const { chatId } = await seed('c', { customerName: 'Ёлкина Светлана Юрьевна' })

  for (const q of ['светлана', 'Свет', 'юрьевна ёлк'])
    expect(
      (await search(q)).chats.map(each => BigInt(each.chatId)),
      q,
    ).toEqual([chatId])
  expect((await search('лана')).chats).toEqual([])
})

test('words of messages are found in any form, the last one also by its beginning', async () => {
  const first = await seed('Заказывала сковородки, привезли кастрюлю')
  await seed('Model X100 broken')

  const found = await search('сковородка')

  expect(textsOf(found)).toEqual(['Заказывала сковородки, привезли кастрюлю'])
  expect(found.messages[0]?.row.chatId).toBe(Number(first.chatId))
  expect(found.searched).toEqual(['names', 'messages'])
  expect(textsOf(await search('кастрюл'))).toHaveLength(1)
  expect(textsOf(await search('кастрюли сковородкой'))).toHaveLength(1)
  expect(textsOf(await search('x100 brok'))).toEqual(['Model X100 broken'])
  expect(textsOf(await search('сковородка велосипед'))).toEqual([])
})

test('words that are too frequent for a stem are found as they stand', async () => {
  await seed('и не было')

  expect(textsOf(await search('не'))).toContain('и не было')
})

const hostile = ["'", "a' or '1'='1", ':*', '!', '& |', '(', '<->', '\\', '%', '\u0000', '"', "it's", 'a:b', '💥']

test.each(hostile)('a query that could be an operator is none: %j', async q => {
  await seed('ordinary')

  expect((await anna.ask(`GET /search?q=${encodeURIComponent(q)}`)).status).toBe(q === '\u0000' ? 400 : 200)
})

test('the newest messages are first, of one cabinet if one is named, and so many', async () => {
  const other = await seedCabinet(desk.sql)
  for (const text of ['пылесос 1', 'пылесос 2', 'пылесос 3']) await seed(text)
  await seedChat(desk.sql, other, { said: [{ from: 'PARTNER', text: 'пылесос 4' }] })

  expect(textsOf(await search('пылесосы'))).toEqual(['пылесос 4', 'пылесос 3', 'пылесос 2', 'пылесос 1'])
  expect(textsOf(await search('пылесосы', '&limit=2'))).toEqual(['пылесос 4', 'пылесос 3'])
  expect(textsOf(await search('пылесосы', `&cabinetId=${other}`))).toEqual(['пылесос 4'])
})
