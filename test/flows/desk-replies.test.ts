import { beforeAll, expect, test } from 'vitest'
import { useDesk } from '../support/desk-app.ts'
import { seedCabinet } from '../support/desk-chats.ts'
import { type DeskPerson, invite } from '../support/desk-person.ts'

const desk = useDesk()
let anna: DeskPerson

beforeAll(async () => {
  anna = await invite(desk, 'operator')
})

type ReplyView = { replyId: string; folder: string; title: string; text: string; uses: number; version: number }
const listOf = async (cabinetId: bigint) =>
  (await anna.get<{ replies: ReplyView[] }>(`GET /replies?cabinetId=${cabinetId}`)).replies

test('a reply is added, changed, counted and removed, in its cabinet alone', async () => {
  const [cabinetId, other] = [await seedCabinet(desk.sql), await seedCabinet(desk.sql)]
  const { replyId } = await anna.get<ReplyView>('POST /replies', {
    cabinetId,
    folder: 'Доставка',
    title: 'Едет',
    text: 'Едет!',
  })

  await anna.get(`PUT /replies/${replyId}`, { cabinetId, title: 'Уже едет', text: '{{buyer|Здравствуйте}}, едет' })
  await anna.get(`POST /replies/${replyId}/uses?cabinetId=${cabinetId}`)
  await anna.get(`POST /replies/${replyId}/uses?cabinetId=${cabinetId}`)

  expect(await listOf(cabinetId)).toEqual([
    {
      replyId,
      cabinetId: Number(cabinetId),
      folder: '',
      title: 'Уже едет',
      text: '{{buyer|Здравствуйте}}, едет',
      uses: 2,
      version: 2,
      files: [],
    },
  ])
  expect(await listOf(other)).toEqual([])
  for (const operation of [`POST /replies/${replyId}/uses?`, `DELETE /replies/${replyId}?`] as const)
    expect((await anna.ask(`${operation}cabinetId=${other}`)).status).toBe(404)
  await anna.get(`DELETE /replies/${replyId}?cabinetId=${cabinetId}`)
  expect(await listOf(cabinetId)).toEqual([])
  expect((await anna.ask(`DELETE /replies/${replyId}?cabinetId=${cabinetId}`)).status).toBe(404)
  expect((await anna.ask(`DELETE /replies/x?cabinetId=${cabinetId}`)).status).toBe(400)
  expect((await anna.ask('POST /replies', { json: { cabinetId: 9, title: 'a', text: 'b' } })).status).toBe(404)
})

const importInto = (cabinetId: bigint, bytes: string | Uint8Array<ArrayBuffer>) => {
  const body = new FormData()
  body.set('file', new File([bytes], 'replies.csv'))
  return anna.ask(`POST /replies/import?cabinetId=${cabinetId}`, { body })
}
const comparable = async (cabinetId: bigint) =>
  (await listOf(cabinetId)).map(({ folder, title, text }) => ({ folder, title, text }))

test.each(['en', 'ru'])('replies go out as a table (%s) and come into another cabinet as they were', async language => {
  const [cabinetId, other] = [await seedCabinet(desk.sql), await seedCabinet(desk.sql)]
  const texts = ['=1+1', 'Здравствуйте, «Анна»;\r\nвозврат: "да"', "'-x", '\tй']
  for (const [n, text] of texts.entries())
    await anna.get('POST /replies', { cabinetId, folder: n > 1 ? 'Прочее' : '', title: `Ответ ${n}`, text })

  const { text: csv, headers } = await anna.ask(`GET /replies.csv?cabinetId=${cabinetId}&language=${language}`)
  const [imported, again] = [await importInto(other, csv), await importInto(other, csv)]

  expect(headers.get('content-disposition')).toContain('attachment')
  expect([imported.body, again.body]).toEqual([
    { added: 4, changed: 0, unchanged: 0, refused: [] },
    { added: 0, changed: 0, unchanged: 4, refused: [] },
  ])
  expect(await comparable(other)).toEqual(await comparable(cabinetId))
  expect(await listOf(other)).toHaveLength(4)
})

test('an import says what it has done with each row, and what is no table changes nothing', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  await anna.get('POST /replies', { cabinetId, title: 'Едет', text: 'Едет!' })
  await anna.get('POST /replies', { cabinetId, title: 'Возврат', text: 'Вернём' })

  const { body } = await importInto(cabinetId, 'title;text\nВозврат;Вернём\nЕдет;Уже едет\n;x\nНовый;да\nНовый;да\n')
  const koi8 = await importInto(cabinetId, Uint8Array.of(0xf7, 0xcf, 0xda, 0xd7, 0xd2, 0xc1, 0xd4))
  const open = await importInto(cabinetId, 'title,text\r\nhello,"good')

  expect(body).toEqual({
    ...{ added: 1, changed: 1, unchanged: 1 },
    refused: [
      { row: 4, why: 'no title' },
      { row: 6, why: 'repeated' },
    ],
  })
  expect(koi8.body).toMatchObject({ status: 422, why: 'encoding' })
  expect(open.body).toMatchObject({ status: 422, row: 2, why: 'open quote' })
  expect(await listOf(cabinetId)).toMatchObject([
    { title: 'Возврат', version: 1 },
    { title: 'Едет', text: 'Уже едет', version: 2 },
    { title: 'Новый', text: 'да' },
  ])
})

test('ten thousand rows come at once', async () => {
  const cabinetId = await seedCabinet(desk.sql)
  const rows = Array.from({ length: 10_000 }, (_, n) => `Ответ ${n};Здравствуйте! Это ответ номер ${n}.`)

  const { body } = await importInto(cabinetId, ['title;text', ...rows].join('\r\n'))

  expect(body).toEqual({ added: 10_000, changed: 0, unchanged: 0, refused: [] })
})

test('preferences are those of everybody until they are chosen', async () => {
  const boris = await invite(desk, 'viewer')
  const first = await boris.get<object>('GET /preferences')

  await boris.get('PUT /preferences', { ...first, sendBy: 'ctrl-enter', quietFrom: '22:00', quietTo: '07:30' })

  expect(first).toMatchObject({ undoSeconds: 5, sendBy: 'enter', sounds: true })
  expect(await boris.get('GET /preferences')).toMatchObject({ sendBy: 'ctrl-enter', quietFrom: '22:00' })
  expect(await anna.get('GET /preferences')).toEqual(first)
  const keys = [{ act: 'g w', keys: 'mod+j' }]
  await boris.get('PUT /preferences', { ...first, keys })
  expect(await boris.get('GET /preferences')).toEqual({ ...first, keys })
  for (const wrong of [[{ act: 'j' }], [{ act: 'j', keys: 'x'.repeat(25) }], Array(101).fill(keys[0])])
    expect((await boris.ask('PUT /preferences', { json: { ...first, keys: wrong } })).status).toBe(400)
  expect((await boris.ask('PUT /preferences', { json: { ...first, quietFrom: '25:00' } })).status).toBe(400)
  expect((await boris.ask('GET /trickle')).status).toBe(404)
})
