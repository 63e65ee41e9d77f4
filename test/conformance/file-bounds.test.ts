import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import {
  badRequest,
  brief,
  envelope,
  makeCall,
  makeForm,
  resultOf,
  send,
  useScene,
} from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const mostBytes = 5 * 1024 * 1024
const scene = useScene(market)

type Body = string | FormData | ReadableStream | Uint8Array<ArrayBuffer>
const sendFile = (body: Body, headers: Record<string, string> = {}) => {
  const call = makeCall('sendFileToChat', scene)
  return send(market, { ...call, headers: { ...call.headers, ...headers }, body })
}

const unreadable = badRequest('Unexpected end of content')
const missing = badRequest("Required request part 'file' is not present")
const boundary = 'limit-of-parts'
const typed = { 'content-type': `multipart/form-data; boundary=${boundary}` }
const part = (head: string, content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
const filePart = (content = 'abc') => part('name="file"; filename="a.txt"', content)
const end = `--${boundary}--\r\n`

const lastFile = async () => {
  const { messages } = resultOf(await send(market, makeCall('getChatHistory', scene))) as {
    messages: { payload?: object[] }[]
  } // the published answer
  return messages.at(-1)?.payload
}

describe('a file', () => {
  test.each([1, mostBytes - 1, mostBytes])('of %i bytes is taken', async size => {
    const reply = await sendFile(makeForm(new Uint8Array(size), 'all.bin'))

    expect(reply.text).toBe('{"status":"OK"}')
    expect(await lastFile()).toMatchObject([{ name: 'all.bin', size }])
  })

  test('of one byte more is refused, and nothing of it stays', async () => {
    const before = await storedFiles()
    const reply = await sendFile(makeForm(new Uint8Array(mostBytes + 1).fill(7), 'more.bin'))

    expect(brief(reply)).toEqual(
      badRequest('The request is too big: Maximum allowed request size must be less than 5120 KB, but passed 5 MB'),
    )
    expect(await storedFiles()).toEqual(before)
  })

  test('that is far too large is refused by what it announces', async () => {
    const reply = await sendFile(makeForm(new Uint8Array(7.4 * 1024 * 1024)))

    expect(brief(reply)).toEqual(
      badRequest('The request is too big: Maximum allowed request size must be less than 5120 KB, but passed 7.4 MB'),
    )
  })

  test('that does not say how large it is has the same bound', async () => {
    const form = async function* (size: number) {
      yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`)
      for (let sent = 0; sent < size; sent += 65536) yield Buffer.alloc(Math.min(65536, size - sent), 1)
      yield Buffer.from(`\r\n${end}`)
    }
    const inPieces = (size: number) => Readable.toWeb(Readable.from(form(size))) as ReadableStream // Node's own kind
    const fits = await sendFile(inPieces(mostBytes), typed)
    const over = await sendFile(inPieces(mostBytes + 1), typed)

    expect(fits.text).toBe('{"status":"OK"}')
    expect(over.text).toContain('The request is too big: Maximum allowed request size must be less than 5120 KB')
  })

  test('of nothing is refused, and nothing of it stays', async () => {
    const before = await storedFiles()
    const reply = await sendFile(makeForm(new Uint8Array()))

    expect(reply.status).toBe(400)
    expect(reply.text).toMatch(/file size must be between 1 and 5242880 \(rejected value: \)/)
    expect(await storedFiles()).toEqual(before)
  })

  test('for a chat that is not there is refused before it is read', async () => {
    const before = await storedFiles()
    const reply = await send(market, { ...makeCall('sendFileToChat', scene), query: { chatId: '2' } })

    expect(brief(reply)).toEqual({ status: 404, text: envelope('NOT_FOUND', "Can't find chat by id: 2") })
    expect(await storedFiles()).toEqual(before)
  })
})

describe('the form around a file', () => {
  afterEach(async () => {
    expect(await halfWritten(), 'files half written').toEqual([])
  })

  test.each<[title: string, body: Body, headers: Record<string, string>, expected: object]>([
    ['no part', end, typed, missing],
    ['a part of another name', part('name="document"; filename="a.txt"', 'abc') + end, typed, missing],
    ['a field instead of a file', part('name="file"', 'abc') + end, typed, missing],
    ['no body', '', typed, unreadable],
    ['no body and no type', new Uint8Array(), {}, missing],
    ['a type without a boundary', filePart() + end, { 'content-type': 'multipart/form-data' }, unreadable],
    ['another boundary', filePart() + end, { 'content-type': 'multipart/form-data; boundary=other' }, unreadable],
    ['no end', filePart('endless'), typed, unreadable],
    ['an end within the file', filePart('cut off').slice(0, -4), typed, unreadable],
    ['an end within the head of the part', `--${boundary}\r\nContent-Disp`, typed, unreadable],
    ['two files', filePart('one') + filePart('two') + end, typed, badRequest('Only one file is allowed in a request')],
    ['a body that is no form, without a type', new TextEncoder().encode('abc'), {}, missing],
  ])('%s is refused', async (_title, body, headers, expected) => {
    const before = await send(market, makeCall('getChatHistory', scene))
    const stored = await storedFiles()
    const reply = await sendFile(body, headers)

    expect(brief(reply)).toEqual(expected)
    expect((await send(market, makeCall('getChatHistory', scene))).text).toBe(before.text)
    expect(await storedFiles()).toEqual(stored)
  })

  test('that turns out wrong long after its file leaves no file', async () => {
    const stored = await storedFiles()
    const late = async function* () {
      yield Buffer.from(filePart('the first') + filePart('the second').slice(0, 20))
      // Time enough for the first to be stored, if anybody meant to.
      for (let i = 0; i < 20; i++) await fetch(`${market.url}/healthz`)
      yield Buffer.from(filePart('the second').slice(20) + end)
    }
    const reply = await sendFile(ReadableStream.from(late()), typed)

    expect(brief(reply)).toEqual(badRequest('Only one file is allowed in a request'))
    expect(await storedFiles()).toEqual(stored)
  })

  test.each<[title: string, body: string]>([
    ['fields beside the file', part('name="comment"', 'x') + filePart() + part('name="more"', 'y') + end],
    ['a preamble', `preamble\r\n${filePart()}${end}`],
    ['an epilogue', `${filePart()}${end}epilogue`],
  ])('%s is no matter', async (_title, body) => {
    expect((await sendFile(body, typed)).text).toBe('{"status":"OK"}')
  })

  test('is recognised without a content type', async () => {
    const reply = await sendFile(new TextEncoder().encode(filePart() + end))

    expect(reply.text).toBe('{"status":"OK"}')
    expect(await lastFile()).toMatchObject([{ name: 'a.txt', size: 3 }])
  })

  test.each([
    ['as UTF-8', 'filename="Счёт №5.pdf"'],
    ['as RFC 5987 spells it', "filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%20%E2%84%965.pdf"],
  ])('a name comes through %s', async (_how, name) => {
    await sendFile(part(`name="file"; ${name}`, 'abc') + end, typed)

    expect(await lastFile()).toMatchObject([{ name: 'Счёт №5.pdf' }])
  })

  test.each<[how: string, name: Buffer]>([
    [
      'as windows-1251',
      Buffer.concat([Buffer.from('filename="'), Buffer.from([0xd1, 0xf7, 0xb8, 0xf2]), Buffer.from('.pdf"')]),
    ],
    ['as windows-1251 with its name', Buffer.from("filename*=windows-1251''%D1%F7%B8%F2.pdf")],
  ])('a name that comes %s is refused, and nothing of the file stays', async (_how, name) => {
    const stored = await storedFiles()
    const [head = '', tail = ''] = (part('name="file"; NAME', 'abc') + end).split('NAME')
    const body = new Uint8Array(Buffer.concat([Buffer.from(head), name, Buffer.from(tail)]))

    expect(brief(await sendFile(body, typed))).toEqual(badRequest('The name of the file is not UTF-8'))
    expect(await storedFiles()).toEqual(stored)
  })
})

const halfWritten = () => readdir(join(market.filesFolder, 'incoming'))

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(market.filesFolder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}
