import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { refuse, type S3Answer, type S3Meeting } from '../support/s3-front.ts'
import { asRequest, asStored, contentOf, plant, useS3 } from '../support/s3-store.ts'
import { setSavedAt } from '../support/stored-file.ts'

const s3 = useS3()
const businessId = 7n
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const keyOf = (text: string) => `${s3.place.prefix}${businessId}/${hashOf(text).slice(0, 2)}/${hashOf(text)}`
const pathOf = (text: string) => s3.pathOf(keyOf(text))
const countCalls = (method: string, key: string) =>
  s3.front.asked.filter(asked => asked.method === method && asked.key === key).length

test('a file lies under the hash of its content, which S3 was told to check', async () => {
  const stored = await s3.store.save(businessId, contentOf('a photo'))

  expect(stored).toEqual({ hash: hashOf('a photo'), sizeBytes: 7, head: Buffer.from('a photo') })
  expect(readFileSync(pathOf('a photo'), 'utf8')).toBe('a photo')
  const put = s3.front.asked.find(({ key }) => key === keyOf('a photo'))
  expect(put).toMatchObject({ method: 'PUT', headers: { 'x-amz-content-sha256': stored.hash, 'content-length': '7' } })
})

test('content that was damaged on its way is not taken', async () => {
  s3.front.meet = async (asked, forward) => {
    asked.headers['x-amz-content-sha256'] = hashOf('something else')
    return forward()
  }
  const saving = s3.store.save(businessId, contentOf('damaged'))

  await expect(saving).rejects.toMatchObject({ name: 'S3Error', status: 400, code: 'XAmzContentSHA256Mismatch' })
  expect(existsSync(pathOf('damaged'))).toBe(false)
})

test('the same file twice is one object, also at once', async () => {
  const saved = await Promise.all([1, 2, 3].map(() => s3.store.save(businessId, contentOf('the same'))))

  expect(new Set(saved.map(({ hash }) => hash)).size).toBe(1)
  expect(readFileSync(pathOf('the same'), 'utf8')).toBe('the same')
})

test('a file whose sender leaves is not stored', async () => {
  const half = async function* () {
    yield Buffer.from('half')
    throw new Error('the sender has left')
  }

  await expect(s3.store.save(businessId, half())).rejects.toThrow('the sender has left')
  expect(s3.front.asked).toEqual([])
})

/** The first so many calls that store a file meet this; the others go through. */
function meets(times: number, meeting: S3Meeting): S3Meeting {
  let left = times
  return (asked, forward) => (asked.method === 'PUT' && left-- > 0 ? meeting(asked, forward) : forward())
}

const lost: S3Meeting = async (_asked, forward) => {
  await forward()
  return 'cut'
}

test.each<[title: string, times: number, meeting: S3Meeting, tries: number]>([
  ['503 SlowDown', 2, async () => refuse(503, 'SlowDown'), 3],
  ['500 InternalError', 1, async () => refuse(500, 'InternalError'), 2],
  ['a proxy without a reason', 1, async () => ({ status: 502, headers: {}, body: Buffer.from('Bad gateway') }), 2],
  ['400 RequestTimeout', 1, async () => refuse(400, 'RequestTimeout'), 2],
  ['a line that is cut', 2, async () => 'cut', 3],
  ['an answer that is lost', 1, lost, 2],
])('%s passes, and the file is stored', async (title, times, meeting, tries) => {
  s3.front.meet = meets(times, meeting)
  await s3.store.save(businessId, contentOf(title))

  expect(readFileSync(pathOf(title), 'utf8')).toBe(title)
  expect(countCalls('PUT', keyOf(title))).toBe(tries)
})

test.each<[code: string, meeting: S3Meeting, tries: number]>([
  ['SlowDown', async () => refuse(503, 'SlowDown'), 3],
  ['AccessDenied', async () => refuse(403, 'AccessDenied'), 1],
  ['NoSuchBucket', async () => refuse(404, 'NoSuchBucket'), 1],
  ['PermanentRedirect', async () => refuse(301, 'PermanentRedirect'), 1],
  ['ECONNRESET', async () => 'cut', 3],
])('%s that does not pass is told after so many tries', async (code, meeting, tries) => {
  s3.front.meet = meets(Number.POSITIVE_INFINITY, meeting)

  await expect(s3.store.save(businessId, contentOf(code))).rejects.toMatchObject({ name: 'S3Error', code })
  expect(countCalls('PUT', keyOf(code))).toBe(tries)
})

test('silence is heard for a while, then the call is made again', async () => {
  s3.front.meet = meets(1, async () => 'silence')
  await s3.makeStore({ attemptMs: 2_000 }).save(businessId, contentOf('silence'))
  expect(readFileSync(pathOf('silence'), 'utf8')).toBe('silence')

  s3.front.meet = async () => 'silence'
  const saving = s3.makeStore({ attemptMs: 100 }).save(businessId, contentOf('more silence'))
  await expect(saving).rejects.toMatchObject({ name: 'S3Error', code: 'not within 0.1 s' })
  expect(countCalls('PUT', keyOf('more silence'))).toBe(3)
})

test('what is not listed after it was stored is stored again, and not for ever', async () => {
  const taking: S3Meeting = async ({ method }, forward) => {
    const answer = await forward()
    if (method === 'PUT') rmSync(pathOf('vanishing'))
    return answer
  }
  s3.front.meet = meets(1, taking)
  await s3.store.save(businessId, contentOf('vanishing'))
  expect(existsSync(pathOf('vanishing'))).toBe(true)

  s3.front.meet = meets(Number.POSITIVE_INFINITY, taking)
  const impatient = s3.makeStore({ removalMs: 100 })
  await expect(impatient.save(businessId, contentOf('vanishing'))).rejects.toMatchObject({ name: 'S3Error' })
})

test('a read that S3 cuts, or in the middle of which it falls silent, fails and does not hang', async () => {
  const bytes = randomBytes(300_000)
  const file = asStored(businessId, await s3.store.save(businessId, contentOf(bytes)))
  const read = async (ending: S3Answer['breaksOff'], store = s3.store) => {
    s3.front.meet = async (_asked, forward) => ({ ...(await forward()), ...(ending && { breaksOff: ending }) })
    const opened = await store.open(file, asRequest())
    return 'body' in opened ? buffer(opened.body) : undefined
  }

  expect(await read(undefined)).toEqual(bytes)
  await expect(read({ after: 1000, with: 'cut' })).rejects.toMatchObject({ name: 'S3Error', code: 'ECONNRESET' })
  const silent = read({ after: 1000, with: 'silence' }, s3.makeStore({ attemptMs: 2_000 }))
  await expect(silent).rejects.toMatchObject({ name: 'S3Error', code: 'not within 2 s' })
})

test('a reader that is slower than the patience with S3 reads to the end', async () => {
  const bytes = randomBytes(4_000_000)
  const file = asStored(businessId, await s3.store.save(businessId, contentOf(bytes)))
  const opened = await s3.makeStore({ attemptMs: 2_000 }).open(file, asRequest())
  const parts: Buffer[] = []
  if ('body' in opened)
    for await (const part of opened.body) {
      if (parts.length === 3) await wait(2_500)
      parts.push(part)
    }

  expect(Buffer.concat(parts).equals(bytes)).toBe(true)
})

test('a file that is gone is no trouble of S3, and neither is one of another length', async () => {
  const file = asStored(businessId, await s3.store.save(businessId, contentOf('to be lost')))
  const open = () => s3.store.open(file, asRequest())
  plant(s3, keyOf('to be lost'), 'shorter')
  await expect(open()).rejects.toThrow(/^a stored file has another length: .*7\/../)

  rmSync(pathOf('to be lost'))
  await expect(open()).rejects.toThrow(/^a stored file is gone: .*7\/../)
  expect(await open().catch(error => error.name)).toBe('Error')
})

test('what the head of a file tells is told without S3', async () => {
  const file = asStored(businessId, await s3.store.save(businessId, contentOf('0123456789')))
  s3.front.asked.length = 0
  const etag = `"${file.fileHash}"`
  const open = (headers: Record<string, string>, method?: string) => s3.store.open(file, asRequest(headers, method))

  expect(await open({ 'if-none-match': etag })).toMatchObject({ status: 304, headers: { etag } })
  expect(await open({ 'if-match': '"other"' })).toEqual({ status: 412 })
  expect(await open({ range: 'bytes=10-' })).toEqual({ status: 416, contentRange: 'bytes */10' })
  expect(await open({}, 'HEAD')).toMatchObject({ status: 200, headers: { 'content-length': 10, etag } })
  expect(s3.front.asked).toEqual([])
})

test('all pages of a list are read, and what others have put there is left alone', async () => {
  const owner = 8n
  const hashes = Array.from({ length: 1_001 }, (_, index) => hashOf(`${index}`))
  for (const hash of hashes) plant(s3, `${s3.place.prefix}${owner}/${hash.slice(0, 2)}/${hash}`)
  const theirs = ['9/readme.txt', `9/ff/${hashOf('x')}`, `x/${hashOf('y')}`].map(name =>
    plant(s3, s3.place.prefix + name),
  )
  plant(s3, 'elsewhere/8/ab/cd')

  const found = await Array.fromAsync(s3.store.listOlder(new Date(Date.now() + 60_000)))

  const ofOwner = found.filter(({ businessId }) => businessId === owner).flatMap(({ hashes }) => hashes)
  expect(ofOwner.sort()).toEqual(hashes.sort())
  expect(s3.front.asked.filter(({ query }) => query.has('continuation-token'))).toHaveLength(1)
  expect(found.some(({ businessId }) => businessId === 9n)).toBe(false)
  expect(theirs.every(path => existsSync(path))).toBe(true)
})

test('only what is older than asked for is listed', async () => {
  const hash = hashOf('old')
  setSavedAt(plant(s3, keyOf('old')), new Date(Date.now() - 60 * 60_000))
  plant(s3, keyOf('young'))
  const list = async (minutes: number) => {
    const found = await Array.fromAsync(s3.store.listOlder(new Date(Date.now() - minutes * 60_000)))
    return found.flatMap(({ hashes }) => hashes)
  }

  expect(await list(59)).toEqual([hash])
  expect(await list(61)).toEqual([])
})

test('a store that is away is told as such, and asked once in a while', async () => {
  const store = s3.makeStore()
  await s3.kill()
  const answers = await Promise.all([store.isThere(), store.isThere()])
  const asked = s3.front.asked.length
  await s3.start()

  expect([answers, asked]).toEqual([[false, false], 1])
  await vi.waitFor(async () => expect(await s3.makeStore().isThere()).toBe(true))
})

test('a part of a bucket belongs to one market: another is refused, and changes nothing', async () => {
  const another = s3.makeStore({}, 'another')
  const refused = another.prepare(new Date())

  await expect(refused).rejects.toMatchObject({ name: 'Problem', kind: 's3OfAnother' })
  await s3.makeStore().prepare(new Date())
  const owners = readdirSync(s3.pathOf(s3.place.prefix).replace(/\/[^/]*$/, '')).filter(name =>
    /^market-.*_object$/.test(name),
  )
  expect(owners).toEqual([expect.stringContaining('market-tests')])
})

test('a file that was opened and not read holds no connection', async () => {
  const file = asStored(businessId, await s3.store.save(businessId, contentOf(randomBytes(1_000_000))))
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  s3.front.meet = async ({ socket }, forward) => {
    socket.once('close', resolve)
    return { ...(await forward()), breaksOff: { after: 1000, with: 'silence' } }
  }
  const opened = await s3.store.open(file, asRequest())
  if ('body' in opened) opened.body.destroy()

  await closed
})

test('a list that is cut off is asked for again', async () => {
  let lists = 0
  s3.front.meet = async ({ query }, forward) => {
    const answer = await forward()
    return query.has('list-type') && ++lists === 1 ? { ...answer, breaksOff: { after: 50, with: 'cut' } } : answer
  }
  await s3.store.save(businessId, contentOf('listed twice'))

  expect(lists).toBe(2)
})
