import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { findCustomer, saveCustomer } from '../../src/market/store/customers.ts'
import { askAdminFor } from '../support/admin.ts'
import { countBufferBytes, forkMarket, forkMarketWithFilesTo } from '../support/forked-market.ts'
import { brief, envelope, makeCall, makeForm, makeScene, resultOf, send, useScene } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { listStored } from '../support/stored-file.ts'
import { fileStoreKinds, type TestMarket, useMarket } from '../support/test-market.ts'

describe.each(fileStoreKinds)('with files in a %s:', store => {
  const market = useMarket({ store })
  const scene = useScene(market)

  type Payload = { name: string; url: string; size: number }

  async function sendFile(bytes: Uint8Array<ArrayBuffer>, name = 'notes.txt'): Promise<Payload> {
    const reply = await send(market, { ...makeCall('sendFileToChat', scene), body: makeForm(bytes, name) })
    expect(reply.text).toBe('{"status":"OK"}')
    const history = await send(market, {
      ...makeCall('getChatHistory', scene),
      query: { chatId: `${scene.chatId}`, limit: '100' },
    })
    const { messages } = resultOf(history) as { messages: { payload?: Payload[] }[] } // the published answer
    const [payload] = messages.at(-1)?.payload ?? []
    if (!payload) throw new Error('the last message has no file')
    return payload
  }

  const withKey = (headers: Record<string, string> = {}) => ({ headers: { 'api-key': scene.token, ...headers } })
  const text = (content: string) => new TextEncoder().encode(content)
  const forbidden = envelope('FORBIDDEN', 'Access denied')

  describe('a file', () => {
    test('comes back byte for byte, with its length', async () => {
      const bytes = new Uint8Array(randomBytes(300_000))
      const { url, size } = await sendFile(bytes)

      const reply = await fetch(url, withKey())

      expect(size).toBe(300_000)
      expect(reply.headers.get('content-length')).toBe('300000')
      expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true)
    })

    test.each([
      ['bytes=0-4', 206, 'bytes 0-4/10', '01234'],
      ['bytes=5-', 206, 'bytes 5-9/10', '56789'],
      ['bytes=-3', 206, 'bytes 7-9/10', '789'],
      ['bytes=8-100', 206, 'bytes 8-9/10', '89'],
      ['bytes=10-', 416, 'bytes */10', undefined],
      ['nonsense', 200, null, '0123456789'],
    ])('asked for with Range: %s', async (range, status, contentRange, content) => {
      const { url } = await sendFile(text('0123456789'))

      const reply = await fetch(url, withKey({ range }))

      expect(reply.status).toBe(status)
      expect(reply.headers.get('content-range')).toBe(contentRange)
      if (content !== undefined) expect(await reply.text()).toBe(content)
    })

    test.each<[headers: Record<string, string>, status: number, code: string, range: string | null]>([
      [{ range: 'bytes=10-' }, 416, 'RANGE_NOT_SATISFIABLE', 'bytes */10'],
      [{ 'if-match': '"other"' }, 412, 'PRECONDITION_FAILED', null],
      [{ 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' }, 412, 'PRECONDITION_FAILED', null],
    ])(
      'that cannot be sent as %j asks is refused as any request, and no cache keeps that',
      async (asked, status, code, range) => {
        const { url } = await sendFile(new Uint8Array([0x89, ...Buffer.from('PNG\r\n\x1a\nxx')]))

        const reply = await fetch(url, withKey(asked))

        expect(reply.status).toBe(status)
        expect(await reply.json()).toMatchObject({ status: 'ERROR', errors: [{ code }] })
        expect(reply.headers.get('content-range')).toBe(range)
        expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
        expect(reply.headers.get('content-disposition')).toBeNull()
        expect(reply.headers.get('cache-control')).toBe('no-store')
      },
    )

    test('is not sent again to who has it', async () => {
      const { url } = await sendFile(text('unchanged'))
      const etag = (await fetch(url, withKey())).headers.get('etag') ?? ''
      // By hand: fetch asks no cache as soon as it is told what to compare.
      const ask = async (known: string) => {
        const connection = await openConnection(market.url)
        const headers = { 'api-key': scene.token, 'if-none-match': known, connection: 'close' }
        connection.socket.write(spellHead('GET', new URL(url).pathname, headers))
        return connection.closed
      }

      expect(await ask(etag)).toMatch(/^HTTP\/1.1 304 [\s\S]*\r\n\r\n$/)
      expect(await ask('"other"')).toMatch(/^HTTP\/1.1 200 [\s\S]*\r\n\r\nunchanged$/)
    })

    test('shows only its head to HEAD', async () => {
      const { url } = await sendFile(text('0123456789'))
      const reply = await fetch(url, { ...withKey(), method: 'HEAD' })

      expect(reply.headers.get('content-length')).toBe('10')
      expect(await reply.text()).toBe('')
    })
  })

  describe('what a browser may do with a file', () => {
    const bytesOf = (...parts: (string | number[])[]) =>
      new Uint8Array(
        Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
      )

    test.each<[title: string, bytes: Uint8Array<ArrayBuffer>, type: string]>([
      ['PNG', bytesOf([0x89], 'PNG\r\n', [0x1a, 0x0a], 'rest'), 'image/png'],
      ['JPEG', bytesOf([0xff, 0xd8, 0xff, 0xe0], 'rest'), 'image/jpeg'],
      ['GIF', bytesOf('GIF89a rest'), 'image/gif'],
      ['WebP', bytesOf('RIFF', [9, 0, 0, 0], 'WEBPVP8 '), 'image/webp'],
    ])('%s is shown in place, whatever it is called', async (_title, bytes, type) => {
      const { url } = await sendFile(bytes, 'run.exe')
      const { headers } = await fetch(url, withKey())

      expect(headers.get('content-type')).toBe(type)
      expect(headers.get('content-disposition')).toMatch(/^inline; /)
    })

    test.each<[title: string, bytes: Uint8Array<ArrayBuffer>, name: string]>([
      ['HTML called a picture', text('<html><script>alert(1)</script>'), 'x.png'],
      ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'x.svg'],
      ['a picture signature in the wrong place', bytesOf(' GIF89a<script>'), 'x.gif'],
      ['half of a signature', bytesOf([0x89], 'PN'), 'x.png'],
      ['a RIFF that is no WebP', bytesOf('RIFF', [9, 0, 0, 0], 'WAVEfmt '), 'x.webp'],
      ['PDF', text('%PDF-1.7'), 'x.pdf'],
    ])('%s is only kept', async (_title, bytes, name) => {
      const { url } = await sendFile(bytes, name)
      const { headers } = await fetch(url, withKey())

      expect(headers.get('content-type')).toBe('application/octet-stream')
      expect(headers.get('content-disposition')).toMatch(/^attachment; /)
    })

    test('nothing can run in it, and no other cache keeps it', async () => {
      const { url } = await sendFile(text('<html>'), 'x.html')
      const { headers } = await fetch(url, withKey())

      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'$/)
      expect(headers.get('cache-control')).toMatch(/^private, /)
    })

    test('a page of another port embeds it not, and who signs out has it no more from the browser', async () => {
      const { url } = await sendFile(text('abc'), 'x.txt')
      const { headers } = await fetch(url, withKey())

      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('vary')).toBe('api-key, authorization, cookie')
    })

    test.each([
      ['../../etc/passwd', 'passwd'],
      ['C:\\secret\\plan.doc', 'plan.doc'],
      ['photo\u202egnp.exe', 'photognp.exe'],
      ['a "quoted" name;.txt', undefined],
      ['счёт 😀.pdf', 'счёт 😀.pdf'],
      [`${'я'.repeat(300)}.pdf`, `${'я'.repeat(196)}.pdf`],
      ['...', 'file'],
    ])('the name %s does no harm', async (name, shown) => {
      const payload = await sendFile(text('abc'), name)
      const reply = await fetch(payload.url, withKey())
      const disposition = reply.headers.get('content-disposition') ?? ''

      if (shown !== undefined) expect(payload.name).toBe(shown)
      expect(payload.name).not.toMatch(/[/\\\r\n]/)
      expect(payload.url).toMatch(/\/files\/\d+\/\d+\/\d+$/)
      expect(disposition).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!~%-]+$/)
      expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(payload.name)
      expect(await reply.text()).toBe('abc')
    })
  })

  describe('who may read a file', () => {
    let url: string

    beforeAll(async () => {
      url = (await sendFile(text('личное'))).url
    })

    const buyerToken = async (publicId: string) => {
      const customer = await findCustomer(market.sql, publicId)
      return market.running.market.buyerTokens.make(customer?.customerId ?? (0n as never)) // no customer: no rights
    }
    const read = async (headers: Record<string, string>) => {
      const reply = await fetch(url, { headers })
      return { status: reply.status, text: await reply.text() }
    }
    const denied = { status: 403, text: forbidden }
    const whole = { status: 200, text: 'личное' }

    test('any key of the business that may read chats, in any header', async () => {
      for (const scope of ['communication', 'all-methods', 'all-methods:read-only'] as const) {
        expect(await read({ 'api-key': await scene.makeKey([scope]) })).toEqual(whole)
      }
      expect(await read({ authorization: `Bearer ${scene.token}` })).toEqual(whole)
    })

    test('the buyer of the chat, and who runs the market', async () => {
      expect(await read({ authorization: `Bearer ${await buyerToken(scene.customer.publicId)}` })).toEqual(whole)
      expect(await read({ authorization: `Bearer ${market.adminToken}` })).toEqual(whole)
    })

    test('nobody else', async () => {
      const stranger = await makeScene(market)
      await saveCustomer(market.sql, 'another', 'Пётр', new Date())
      const credentials: Record<string, string>[] = [
        {},
        { 'api-key': '' },
        { 'api-key': stranger.token },
        { 'api-key': await scene.makeKey(['pricing']) },
        { 'api-key': 'nonsense' },
        { authorization: `Bearer ${stranger.token}` },
        { authorization: `Bearer ${await buyerToken('another')}` },
        { authorization: `Bearer ${await buyerToken(stranger.customer.publicId)}` },
        { authorization: `Bearer ${market.adminToken}x` },
        { authorization: 'Bearer' },
        { authorization: 'Basic YTpi' },
      ]
      for (const headers of credentials) expect(await read(headers), JSON.stringify(headers)).toEqual(denied)
    })

    test('no key of a business that may not use the API', async () => {
      const setDisabled = (apiDisabled: boolean) =>
        askAdminFor(market, `PATCH /businesses/${scene.businessId}`, { apiDisabled })
      await setDisabled(true)
      const disabled = await read({ 'api-key': scene.token })
      await setDisabled(false)

      expect(disabled).toEqual(denied)
      expect(await read({ 'api-key': scene.token })).toEqual(whole)
    })

    test('a file of another business is forbidden also under an address of one’s own', async () => {
      const stranger = await makeScene(market)
      const moved = url.replace(`/${scene.businessId}/`, `/${stranger.businessId}/`)
      const reply = await fetch(moved, { headers: { 'api-key': stranger.token } })

      expect(reply.status).toBe(404)
    })

    test.each([
      '/files',
      '/files/1',
      '/files/1/2',
      '/files/1/2/3/4',
      '/files/..%2f..%2fetc/2/3',
      '/files/a/b/c',
      '/files/1/2/..%2f..%2fx',
    ])('%s is no file', async path => {
      const { status } = await fetch(`${market.url}${path}`, withKey())
      expect([400, 403, 404]).toContain(status)
    })
  })

  test('twenty files of five megabytes that are almost here are on the disk, not in memory', async () => {
    const forked = await forkMarket(market)
    const before = await countBufferBytes(forked)
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    const end = '\r\n--b--\r\n'
    const size = 5 * 1024 * 1024
    const almost = size - 100_000
    const upload = async () => {
      const connection = await openConnection(forked.url)
      const type = { 'api-key': scene.token, 'content-type': 'multipart/form-data; boundary=b' }
      const length = head.length + size + end.length
      const path = `${makeCall('sendFileToChat', scene).path}?chatId=${scene.chatId}`
      connection.socket.write(spellHead('POST', path, { ...type, 'content-length': length }) + head)
      connection.socket.write(Buffer.alloc(almost, 1))
      return connection
    }

    const uploads = await Promise.all(Array.from({ length: 20 }, upload))
    await vi.waitFor(() => expect(bytesHalfWritten(market)).toBeGreaterThan(20 * (almost - 200_000)), {
      timeout: 30_000,
    })
    // Node sweeps buffers that nobody needs beside its work, so the figure may lag behind.
    const held = async () => (await countBufferBytes(forked)) - before
    await expect.poll(held, { timeout: 30_000 }).toBeLessThan(50 * 1024 * 1024)
    for (const { socket } of uploads) socket.write(Buffer.concat([Buffer.alloc(size - almost, 1), Buffer.from(end)]))
    const answers = await Promise.all(uploads.map(connection => connection.answered(/\}$/)))

    for (const answer of answers) expect(answer).toContain('{"status":"OK"}')
  })

  test('a file for which the disk has no room is refused with 503, and nothing of it stays', async () => {
    const forked = await forkMarketWithFilesTo(market, 1024)
    const upload = (size: number) =>
      send(forked, { ...makeCall('sendFileToChat', scene), body: makeForm(new Uint8Array(size).fill(size % 251)) })
    const stored = () => listStored(market)
    const before = [stored(), (await send(market, makeCall('getChatHistory', scene))).text]

    const refused = await upload(2_000_000)

    const words = 'Service temporarily unavailable. Please, try again later'
    expect(brief(refused)).toEqual({ status: 503, text: envelope('SERVICE_UNAVAILABLE', words) })
    expect([stored(), (await send(market, makeCall('getChatHistory', scene))).text]).toEqual(before)
    expect(brief(await upload(500_000))).toEqual({ status: 200, text: '{"status":"OK"}' })
  })

  test('a form that ends without its last boundary is refused, even if some of its file is on the disk already', async () => {
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    const rest = 'the end'
    const connection = await openConnection(market.url)
    const type = { 'api-key': scene.token, 'content-type': 'multipart/form-data; boundary=b' }
    const path = `${makeCall('sendFileToChat', scene).path}?chatId=${scene.chatId}`
    const content = 'x'.repeat(1000)
    const length = head.length + content.length + rest.length
    connection.socket.write(spellHead('POST', path, { ...type, 'content-length': length }) + head + content)
    await vi.waitFor(() => expect(bytesHalfWritten(market)).toBeGreaterThan(0), { timeout: 30_000 })

    connection.socket.write(rest)

    expect(await connection.answered(/\}$/)).toMatch(/^HTTP\/1.1 400 [\s\S]*Unexpected end of content/)
  })
})

function bytesHalfWritten({ filesFolder }: TestMarket): number {
  const folder = join(filesFolder, 'incoming')
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}
