import { readdirSync, rmSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { makePng, pictures } from '#market'
import { sweepFiles } from '../../src/desk/files/sweep-files.ts'
import { useDesk } from '../support/desk-app.ts'
import { seedCabinet, seedChat } from '../support/desk-chats.ts'
import { type DeskPerson, invite } from '../support/desk-person.ts'

const desk = useDesk()
let anna: DeskPerson

beforeAll(async () => {
  anna = await invite(desk, 'operator')
})

type ReplyView = { replyId: string; version: number; files: { fileId: string; name: string; url: `/${string}` }[] }
type Reply = { cabinetId: bigint; replyId: string }

async function makeReply(cabinetId: bigint, title = 'Едет'): Promise<Reply> {
  const { replyId } = await anna.get<ReplyView>('POST /replies', { cabinetId, title, text: 'Едет!' })
  return { cabinetId, replyId }
}

const formOf = (bytes: string | Uint8Array<ArrayBuffer>, name: string) => {
  const form = new FormData()
  form.set('file', new File([bytes], name))
  return form
}

const put = ({ cabinetId, replyId }: Reply, bytes: string | Uint8Array<ArrayBuffer>, name = 'a.txt', fileId?: string) =>
  anna.ask(`PUT /replies/${replyId}/files/${fileId ?? crypto.randomUUID()}?cabinetId=${cabinetId}`, {
    body: formOf(bytes, name),
  })

const filesOf = async ({ cabinetId }: Reply) => {
  const { replies } = await anna.get<{ replies: ReplyView[] }>(`GET /replies?cabinetId=${cabinetId}`)
  return replies.flatMap(({ files }) => files)
}

async function pathOf({ cabinetId, replyId }: Reply, name: string): Promise<string> {
  const [row] = await desk.sql<[{ hash: string }]>`
    select encode(hash, 'hex') as hash from desk.reply_files where reply_id = ${replyId} and name = ${name}`
  return desk.running.desk.files.path(cabinetId, row.hash)
}

const download = (url: string) => fetch(`${desk.url}${url}`, { headers: { cookie: anna.cookie } })

test('a reply carries files as they came, each once, and whoever reads the desk has them', async () => {
  const reply = await makeReply(await seedCabinet(desk.sql))
  const png = new Uint8Array(makePng(pictures.chippedMug))
  const fileId = crypto.randomUUID()

  const [added, again] = [await put(reply, png, '../фото.png', fileId), await put(reply, png, '../фото.png', fileId)]
  await put(reply, '<script>alert()</script>', 'акт.html')

  expect([added.status, again.status]).toEqual([200, 200])
  const [photo, page] = await filesOf(reply)
  expect(await filesOf(reply)).toMatchObject([
    { fileId, name: 'фото.png', sizeBytes: png.length, isPicture: true },
    { name: 'акт.html', isPicture: false },
  ])
  const shown = await download(photo?.url ?? '')
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(png)
  const { headers } = await download(page?.url ?? '')
  expect(headers.get('content-disposition')).toContain('attachment')
  expect(headers.get('content-security-policy')).toContain('sandbox')
  expect((await fetch(`${desk.url}${photo?.url}`)).status).toBe(401)
})

test('what is no file of a reply is refused, and changes nothing', async () => {
  const reply = await makeReply(await seedCabinet(desk.sql))
  const other = { ...reply, cabinetId: await seedCabinet(desk.sql) }
  const viewer = await invite(desk, 'viewer')
  const path = `/replies/${reply.replyId}/files/${crypto.randomUUID()}?cabinetId=${reply.cabinetId}` as const

  expect((await put(other, 'x')).status).toBe(404)
  expect((await put(reply, '')).body).toMatchObject({ status: 422, why: 'empty' })
  expect((await put(reply, new Uint8Array(5 * 1024 * 1024 + 1))).body).toMatchObject({ status: 422, why: 'tooLong' })
  expect((await anna.ask(`PUT ${path}`, { json: {} })).status).toBe(415)
  expect((await viewer.ask(`PUT ${path}`, { body: formOf('x', 'a') })).status).toBe(403)
  expect((await anna.ask(`DELETE ${path}`)).status).toBe(404)
  expect(await filesOf(reply)).toEqual([])
})

test('a reply has ten files at the most, whoever adds them at the same time', async () => {
  const reply = await makeReply(await seedCabinet(desk.sql))
  for (let n = 1; n < 9; n++) await put(reply, `${n}`)
  const waiting = async () => {
    const [row] = await desk.sql<[{ count: number }]>`
      select count(*)::integer as count from pg_locks where not granted`
    return row.count
  }

  const all = await desk.sql.begin(async holding => {
    await holding`select from desk.canned_replies where reply_id = ${reply.replyId} for update`
    const putting = ['a', 'b', 'c'].map(content => put(reply, content))
    await expect.poll(waiting).toBe(3)
    return { putting }
  })

  expect((await Promise.all(all.putting)).map(({ status }) => status).sort()).toEqual([200, 200, 422])
  expect(await filesOf(reply)).toHaveLength(10)
})

test('who has not seen what another has changed does not overwrite it', async () => {
  const { cabinetId, replyId } = await makeReply(await seedCabinet(desk.sql))
  const save = (text: string, version?: number) =>
    anna.ask(`PUT /replies/${replyId}`, { json: { cabinetId, title: 'Едет', text, version } })

  const [first, second] = [await save('Анна', 1), await save('Борис', 1)]

  expect([first.status, second.status]).toEqual([200, 409])
  expect((await save('Борис', 2)).body).toMatchObject({ text: 'Борис', version: 3 })
})

test('replies are copied into another cabinet with their files, and not doubled there', async () => {
  const [from, to] = [await seedCabinet(desk.sql), await seedCabinet(desk.sql)]
  const [one, two] = [await makeReply(from), await makeReply(from, 'Возврат')]
  const there = await makeReply(to)
  for (const content of ['photo', 'lost']) await put(one, content, `${content}.png`)
  await put(there, 'own', 'own.png')
  await put(two, 'photo', 'same.png')
  rmSync(await pathOf(one, 'lost.png'))
  const copy = (ids: string[], where = to) =>
    anna.ask('POST /replies/copy', { json: { from, to: where, replyIds: ids } })

  const all = [one.replyId, two.replyId]
  const [first, again] = [await copy(all), await copy(all)]

  expect([first.body, again.body]).toEqual([
    { copied: 1, present: 1, lostFiles: 1 },
    { copied: 0, present: 2, lostFiles: 1 },
  ])
  const files = await filesOf(there)
  expect(files.map(({ name }) => name)).toEqual(['same.png', 'own.png', 'photo.png'])
  await anna.get(`DELETE /replies/${one.replyId}?cabinetId=${from}`)
  expect(await Promise.all(files.map(async ({ url }) => (await download(url)).text()))).toEqual([
    'photo',
    'own',
    'photo',
  ])
  expect((await copy(all, from)).status).toBe(400)
  expect((await copy(all, 1n)).status).toBe(404)
})

test('a file goes an hour after the last that names it, and stays as long as an answer does', async () => {
  const { sql } = desk
  const { files } = desk.running.desk
  const { cabinetId, path } = await seedChat(sql, await seedCabinet(sql))
  const [one, two] = [await makeReply(cabinetId), await makeReply(cabinetId)]
  for (const content of ['in both', 'in an answer', 'in one']) await put(one, content)
  await put(two, 'in both')
  await anna.ask(`POST ${path}/files?answerId=${crypto.randomUUID()}&undoSeconds=30`, {
    body: formOf('in an answer', 'b'),
  })
  const kept = () => readdirSync(files.path(cabinetId, '').replace(/\/$/, ''), { recursive: true }).length
  const sweepAfter = (minutes: number) =>
    sweepFiles({ sql, folder: files, cabinetId, now: new Date(Date.now() + minutes * 60_000) })
  const before = kept()

  await anna.get(`DELETE /replies/${one.replyId}?cabinetId=${cabinetId}`)

  expect([await sweepAfter(59), kept()]).toEqual([0, before])
  expect(await sweepAfter(61)).toBe(1)
  const [left] = await filesOf(two)
  expect((await download(left?.url ?? '')).status).toBe(200)
  await anna.get(`DELETE /replies/${two.replyId}/files/${left?.fileId}?cabinetId=${cabinetId}`)
  expect(await sweepAfter(61)).toBe(1)
})

test('a file that is on the disk no more is said to be so', async () => {
  const reply = await makeReply(await seedCabinet(desk.sql))
  await put(reply, 'lost')
  rmSync(await pathOf(reply, 'a.txt'))

  const [file] = await filesOf(reply)

  expect((await download(file?.url ?? '')).status).toBe(404)
  expect((await put(reply, 'lost')).status).toBe(200)
  expect((await download(file?.url ?? '')).status).toBe(200)
})
