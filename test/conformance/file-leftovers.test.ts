/** What is refused leaves no file: seen in the market's folder, which no shop sees. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { badRequest, brief, makeCall, makeForm, send, useScene } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)
const maxBytes = 5 * 1024 * 1024

type Body = string | FormData | ReadableStream | Uint8Array<ArrayBuffer>
const sendFile = (body: Body, headers: Record<string, string> = {}) => {
  const call = makeCall('sendFileToChat', scene)
  return send(market, { ...call, headers: { ...call.headers, ...headers }, body })
}

const boundary = 'limit-of-parts'
const typed = { 'content-type': `multipart/form-data; boundary=${boundary}` }
const part = (head: string, content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
const filePart = (content = 'abc') => part('name="file"; filename="a.txt"', content)
const end = `--${boundary}--\r\n`

let before: string[]
beforeEach(async () => {
  before = await storedFiles()
})
afterEach(async () => {
  expect(await readdir(join(market.filesFolder, 'incoming')), 'files half written').toEqual([])
  expect(await storedFiles()).toEqual(before)
})

test.each<[title: string, body: Body, headers: Record<string, string>]>([
  ['no part', end, typed],
  ['a part of another name', part('name="document"; filename="a.txt"', 'abc') + end, typed],
  ['a field instead of a file', part('name="file"', 'abc') + end, typed],
  ['no body', '', typed],
  ['no body and no type', new Uint8Array(), {}],
  ['a type without a boundary', filePart() + end, { 'content-type': 'multipart/form-data' }],
  ['another boundary', filePart() + end, { 'content-type': 'multipart/form-data; boundary=other' }],
  ['no end', filePart('endless'), typed],
  ['an end within the file', filePart('cut off').slice(0, -4), typed],
  ['an end within the head of the part', `--${boundary}\r\nContent-Disp`, typed],
  ['two files', filePart('one') + filePart('two') + end, typed],
  ['a body that is no form, without a type', new TextEncoder().encode('abc'), {}],
  ['a file of 5 MB and a byte', makeForm(new Uint8Array(maxBytes + 1).fill(7), 'more.bin'), {}],
  ['an empty file', makeForm(new Uint8Array()), {}],
])('%s leaves no file', async (_title, body, headers) => {
  expect(await sendFile(body, headers)).toMatchObject({ status: 400 })
})

test('a file for a chat that is not there is refused before it is read', async () => {
  const reply = await send(market, { ...makeCall('sendFileToChat', scene), query: { chatId: '2' } })

  expect(reply).toMatchObject({ status: 404 })
})

test('a form that turns out wrong long after its file leaves no file', async () => {
  const sizeBefore = await sizeOfFiles()
  const late = async function* () {
    yield Buffer.from(filePart('the first') + filePart('the second').slice(0, 20))
    // The first is whole on the disk, and what was to happen with it then has begun.
    await vi.waitFor(async () => expect((await sizeOfFiles()) - sizeBefore).toBe('the first'.length), {
      timeout: 30_000,
    })
    for (let i = 0; i < 20; i++) await fetch(`${market.url}/healthz`)
    yield Buffer.from(filePart('the second').slice(20) + end)
  }
  const reply = await sendFile(ReadableStream.from(late()), typed)

  expect(brief(reply)).toEqual(badRequest('Only one file is allowed in a request'))
})

async function sizeOfFiles(): Promise<number> {
  const facts = await Promise.all((await storedFiles()).map(path => stat(path)))
  return facts.reduce((sum, { size }) => sum + size, 0)
}

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(market.filesFolder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}
