import { beforeAll, expect, test } from 'vitest'
import { useDesk } from '../support/desk-app.ts'
import { seedCabinet } from '../support/desk-chats.ts'
import { type DeskPerson, invite } from '../support/desk-person.ts'

const desk = useDesk()
let anna: DeskPerson

beforeAll(async () => {
  anna = await invite(desk, 'operator')
})

type ReplyView = { replyId: string; folder: string; title: string; text: string; uses: number }
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

test('replies go out as a table and come into another cabinet as they were', async () => {
  const [cabinetId, other] = [await seedCabinet(desk.sql), await seedCabinet(desk.sql)]
  const texts = ['=1+1', 'Здравствуйте, «Анна»;\r\nвозврат: "да"', "'-x", '\tй']
  for (const [n, text] of texts.entries())
    await anna.get('POST /replies', { cabinetId, folder: n > 1 ? 'Прочее' : '', title: `Ответ ${n}`, text })

  const { text: csv, headers } = await anna.ask(`GET /replies.csv?cabinetId=${cabinetId}`)
  const imported = await anna.get(`POST /replies/import?cabinetId=${other}`, { csv })
  const again = await anna.get(`POST /replies/import?cabinetId=${other}`, { csv })

  expect(headers.get('content-disposition')).toContain('attachment')
  expect([imported, again]).toEqual([
    { added: 4, replaced: 0 },
    { added: 0, replaced: 4 },
  ])
  const comparable = (replies: ReplyView[]) => replies.map(({ folder, title, text }) => ({ folder, title, text }))
  expect(comparable(await listOf(other))).toEqual(comparable(await listOf(cabinetId)))
  expect(await listOf(other)).toHaveLength(4)
})

test('a table with a wrong row changes nothing and names the row', async () => {
  const cabinetId = await seedCabinet(desk.sql)

  const refused = await anna.ask(`POST /replies/import?cabinetId=${cabinetId}`, {
    json: { csv: 'title,text\r\nhello,good\r\n,bad' },
  })

  expect(refused.body).toMatchObject({ status: 422, row: 3, why: 'no title' })
  expect(await listOf(cabinetId)).toEqual([])
})

test('preferences are those of everybody until they are chosen', async () => {
  const boris = await invite(desk, 'viewer')
  const first = await boris.get<object>('GET /preferences')

  await boris.get('PUT /preferences', { ...first, sendBy: 'ctrl-enter', quietFrom: '22:00', quietTo: '07:30' })

  expect(first).toMatchObject({ undoSeconds: 5, sendBy: 'enter', sounds: true })
  expect(await boris.get('GET /preferences')).toMatchObject({ sendBy: 'ctrl-enter', quietFrom: '22:00' })
  expect(await anna.get('GET /preferences')).toEqual(first)
  expect((await boris.ask('PUT /preferences', { json: { ...first, quietFrom: '25:00' } })).status).toBe(400)
  expect((await boris.ask('GET /trickle')).status).toBe(404)
})
