/** A market whose files are in S3, from the sides of those who send and read them. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sweepFiles } from '../../src/market/files/sweep-files.ts'
import { type Buyer, chatPath, makeBuyer } from '../support/buyer.ts'
import { askLabFor } from '../support/lab.ts'
import { brief, envelope, makeCall, makeForm, resultOf, send, useScene } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import type { TestS3 } from '../support/s3.ts'
import { refuse, type S3Meeting } from '../support/s3-front.ts'
import { contentOf } from '../support/s3-store.ts'
import { startSecond } from '../support/second-market.ts'
import { setSavedAt, storedPath } from '../support/stored-file.ts'
import { startTestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket({ store: 's3' })
const scene = useScene(market)
const hourMs = 60 * 60_000
const key = () => ({ headers: { 'api-key': scene.token } })
const words = 'Service temporarily unavailable. Please, try again later'
const unavailable = { status: 503, text: envelope('SERVICE_UNAVAILABLE', words) }

function s3Of({ s3 } = market): TestS3 {
  if (!s3) throw new Error('this market has no S3')
  return s3
}

const meet = (meeting: S3Meeting) => {
  const { front } = s3Of()
  const usual = front.meet
  onTestFinished(() => void Object.assign(front, { meet: usual }))
  front.meet = meeting
}

type Payload = { name: string; url: string; size: number }

const upload = (bytes: Uint8Array<ArrayBuffer>, at = market) =>
  send(at, { ...makeCall('sendFileToChat', scene), body: makeForm(bytes, 'photo.png') })

async function readLastFile(): Promise<Payload> {
  const query = { chatId: `${scene.chatId}`, limit: '100' }
  const history = resultOf(await send(market, { ...makeCall('getChatHistory', scene), query }))
  const { messages } = history as { messages: { payload?: Payload[] }[] } // the published answer
  const payload = messages.flatMap(message => message.payload ?? []).at(-1)
  if (!payload) throw new Error('no message has a file')
  return payload
}

const countMessages = async () => {
  const [row] = await market.sql<[{ count: number }]>`select count(*)::integer as count from market.messages`
  return row.count
}

const pathOf = (bytes: Uint8Array) =>
  storedPath(market, scene.businessId, createHash('sha256').update(bytes).digest('hex'))
const halves = () => readdirSync(join(market.filesFolder, 'incoming'))
const buyerOfScene = (): Promise<Buyer> => makeBuyer(market, scene.customer.publicId)

test('a photo that the shop has sent is in the bucket, and is read by the shop and by the buyer', async () => {
  const photo = new Uint8Array([0x89, ...Buffer.from('PNG\r\n\x1a\n'), ...randomBytes(100_000)])
  expect(brief(await upload(photo))).toEqual({ status: 200, text: '{"status":"OK"}' })
  const { url, size } = await readLastFile()
  const buyer = await buyerOfScene()

  const replies = await Promise.all([fetch(url, key()), fetch(url, { headers: buyer.headers }), fetch(url)])

  expect(size).toBe(photo.length)
  expect(url.startsWith(`${market.url}/files/`)).toBe(true)
  expect(readFileSync(pathOf(photo))).toEqual(Buffer.from(photo))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 403])
  expect(replies[0]?.headers.get('content-type')).toBe('image/png')
  for (const reply of replies.slice(0, 2)) expect(Buffer.from(await reply.arrayBuffer())).toEqual(Buffer.from(photo))
  expect(halves()).toEqual([])
})

test('an upload is answered when S3 has answered, and a message is seen no sooner', async () => {
  const before = await countMessages()
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  meet(async ({ method }, forward) => {
    const answer = await forward()
    if (method === 'PUT') await held
    return answer
  })
  let isAnswered = false
  const bytes = new Uint8Array(randomBytes(1000))
  const sending = upload(bytes).finally(() => {
    isAnswered = true
  })
  await vi.waitFor(() => expect(existsSync(pathOf(bytes))).toBe(true), { timeout: 30_000 })
  for (let i = 0; i < 20; i++) await fetch(`${market.url}/healthz`)
  const meanwhile = [isAnswered, await countMessages()]
  letGo()

  expect((await sending).status).toBe(200)
  expect([meanwhile, await countMessages()]).toEqual([[false, before], before + 1])
})

test('S3 is killed in the middle of an upload: it is refused, nothing is half there, and goes on when S3 is back', async () => {
  const s3 = s3Of()
  const bytes = new Uint8Array(randomBytes(3_000_000))
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
  const end = '\r\n--b--\r\n'
  const length = head.length + bytes.length + end.length
  const before = await countMessages()
  await upload(new Uint8Array([1, 2, 3]))
  const { url } = await readLastFile()
  const connection = await openConnection(market.url)
  const type = { 'api-key': scene.token, 'content-type': 'multipart/form-data; boundary=b', 'content-length': length }
  connection.socket.write(
    spellHead('POST', `${makeCall('sendFileToChat', scene).path}?chatId=${scene.chatId}`, type) + head,
  )
  connection.socket.write(bytes.subarray(0, 2_000_000))
  await vi.waitFor(() => expect(halves()).toHaveLength(1), { timeout: 30_000 })

  await s3.kill()
  connection.socket.write(Buffer.concat([bytes.subarray(2_000_000), Buffer.from(end)]))
  const answer = await connection.answered(/\}$/)
  const buyer = await buyerOfScene()
  const ofBuyer = await buyer.sendFile(chatPath(scene, scene.chatId), bytes)
  const reading = await fetch(url, key())
  const text = await send(market, makeCall('sendMessageToChat', scene))
  const ready = async () => {
    const reply = await fetch(`${market.url}/readyz`)
    return { status: reply.status, body: await reply.json() }
  }
  const away = { status: 200, body: { status: 'ready', files: 'away' } }
  await expect.poll(ready, { timeout: 30_000 }).toEqual(away)
  const meanwhile = [await countMessages(), halves()]
  await s3.start()

  expect(answer).toMatch(/^HTTP\/1\.1 503 /)
  expect(answer).toContain(unavailable.text)
  expect(ofBuyer).toMatchObject({ status: 503, body: { status: 503, detail: words } })
  expect({ status: reading.status, text: await reading.text() }).toEqual(unavailable)
  expect([text.status, meanwhile]).toEqual([200, [before + 2, []]])
  await expect.poll(ready, { timeout: 30_000 }).toEqual({ status: 200, body: { status: 'ready' } })
  expect((await fetch(url, key())).status).toBe(200)
  expect((await upload(bytes)).status).toBe(200)
  expect(readFileSync(pathOf(bytes))).toEqual(Buffer.from(bytes))
})

test.each<[title: string, meeting: S3Meeting]>([
  ['is overloaded', async () => refuse(503, 'SlowDown')],
  ['takes the credentials no more', async () => refuse(403, 'AccessDenied')],
  ['has lost the bucket', async () => refuse(404, 'NoSuchBucket')],
  ['cuts every line', async () => 'cut'],
])('an S3 that %s is told as 503 in the published words, and the log has no secret', async (_title, meeting) => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) })
  const { filesBucket, databaseUrl, filesFolder } = market
  const another = await startTestMarket({ databaseUrl, filesFolder, filesBucket, log })
  onTestFinished(() => another.stop())
  const before = await countMessages()
  meet(meeting)

  const reply = await upload(new Uint8Array(randomBytes(100)), { ...market, url: another.url })

  expect(brief(reply)).toEqual(unavailable)
  expect(await countMessages()).toBe(before)
  expect(lines.join()).toContain('S3Error')
  expect(lines.join()).not.toMatch(/S3RVER|Signature|AWS4-HMAC|Credential/)
})

test('a reader who leaves ends the reading from S3 too', async () => {
  await upload(new Uint8Array(randomBytes(4_000_000)))
  const { url } = await readLastFile()
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  meet(async (asked, forward) => {
    const answer = await forward()
    if (asked.method !== 'GET' || asked.query.has('list-type')) return answer
    asked.socket.once('close', resolve)
    return { ...answer, breaksOff: { after: 500_000, with: 'silence' } }
  })
  const connection = await openConnection(market.url)
  connection.socket.write(spellHead('GET', new URL(url).pathname, { 'api-key': scene.token }))
  await connection.answered(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n./)
  connection.socket.resetAndDestroy()

  await gone
})

test('two processes on one bucket read what the other has stored, and sweep at once without harm', async () => {
  const errors: string[] = []
  const second = await startSecond(market, errors, { filesBucket: market.filesBucket })
  const named = new Uint8Array(randomBytes(1000))
  await upload(named, { ...market, url: second.url })
  const { url } = await readLastFile()
  const age = (path: string) => setSavedAt(path, new Date(Date.now() - 2 * hourMs))
  age(pathOf(named))
  const orphans = Array.from({ length: 10 }, () => new Uint8Array(randomBytes(100)))
  const again = new Uint8Array(randomBytes(100))
  const { files, sql } = market.running.market
  for (const bytes of [...orphans, again]) {
    await files.save(scene.businessId, contentOf(bytes))
    age(pathOf(bytes))
  }

  const now = new Date()
  const [one, two, sent] = await Promise.all([
    sweepFiles({ sql, files, now }),
    sweepFiles({ sql, files: second.market.files, now }),
    upload(again),
  ])

  expect(sent.status).toBe(200)
  expect(one + two).toBeGreaterThanOrEqual(orphans.length)
  expect(orphans.map(pathOf).filter(path => existsSync(path))).toEqual([])
  expect([named, again].map(pathOf).map(path => existsSync(path))).toEqual([true, true])
  expect(Buffer.from(await (await fetch(url, key())).arrayBuffer())).toEqual(Buffer.from(named))
  expect(errors).toEqual([])
})

test('while there is a snapshot of the lab, which may name files, none is swept; restored messages find theirs', async () => {
  const second = await startSecond(market, [], { filesBucket: market.filesBucket, lab: { seed: 1 } })
  const photo = new Uint8Array(randomBytes(1000))
  await upload(photo)
  const { url } = await readLastFile()
  await askLabFor(second, 'POST /snapshots/with-a-photo')
  await market.sql`delete from market.messages where file_hash = ${createHash('sha256').update(photo).digest('hex')}`
  setSavedAt(pathOf(photo), new Date(Date.now() - 2 * hourMs))
  const sweep = () => sweepFiles({ ...market.running.market, now: new Date() })

  await sweep()
  const kept = existsSync(pathOf(photo))
  await askLabFor(second, 'POST /snapshots/with-a-photo/restore')
  const restored = await fetch(url, key())
  await askLabFor(second, 'DELETE /snapshots/with-a-photo')
  await sweep()

  expect([kept, restored.status, existsSync(pathOf(photo))]).toEqual([true, 200, true])
})
