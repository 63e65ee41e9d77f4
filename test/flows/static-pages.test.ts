import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { useDesk } from '../support/desk-app.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const desk = useDesk()

beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build-if-stale.mjs')])
}, 300_000)

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; bytes: Buffer }

/** What comes over the wire: nothing is decompressed. */
async function load(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const request = get(url, { headers, agent: false })
  const [answer] = await once(request, 'response')
  return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) }
}

async function loadPage(url: string): Promise<string> {
  return (await load(url)).bytes.toString()
}

describe.each(['console', 'desk'] as const)('the files of the %s', app => {
  const at = (path: string) => `${(app === 'desk' ? desk : market).url}${path}`
  const scriptOf = async () => {
    const [, path = ''] = /src="([^"]+\.js)"/.exec(await loadPage(at(`/${app}`))) ?? []
    return at(path)
  }

  test('come compressed as the reader takes them, each form with an ETag of its own', async () => {
    const script = await scriptOf()

    const plain = await load(script)
    const gzip = await load(script, { 'accept-encoding': 'gzip' })
    const brotli = await load(script, { 'accept-encoding': 'gzip, deflate, br' })

    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes)
    expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes)
    expect(new Set([plain, gzip, brotli].map(({ headers }) => headers.etag)).size).toBe(3)
    for (const { headers, bytes, status } of [plain, gzip, brotli]) {
      expect(status).toBe(200)
      expect(headers['content-type']).toBe('application/javascript; charset=utf-8')
      expect(headers.vary).toBe('accept-encoding')
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers['content-length']).toBe(`${bytes.length}`)
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  test('are not sent again to who has this form, and never in part', async () => {
    const script = await scriptOf()
    const gzip = { 'accept-encoding': 'gzip' }
    const { headers, bytes } = await load(script, gzip)
    const etag = headers.etag ?? ''

    const same = await load(script, { ...gzip, 'if-none-match': etag })
    const other = await load(script, { 'accept-encoding': 'br', 'if-none-match': etag })
    const part = await load(script, { ...gzip, range: 'bytes=0-9' })

    expect([same.status, same.bytes.length, same.headers.etag]).toEqual([304, 0, etag])
    expect([other.status, other.headers['content-encoding']]).toEqual([200, 'br'])
    expect([part.status, part.bytes.length]).toEqual([200, bytes.length])
  })

  test('have one name: a compressed form has none of its own', async () => {
    const script = await scriptOf()

    for (const ending of ['.br', '.gz']) expect((await load(script + ending)).status).toBe(404)
  })
})

test('the desk has a service worker that is asked for anew each time and stands for its whole prefix; the console has none', async () => {
  const worker = await load(`${desk.url}/desk/worker.js`, { 'accept-encoding': 'br' })
  const plain = await load(`${desk.url}/desk/worker.js`)
  const none = await load(`${market.url}/console/worker.js`)

  expect(worker.headers).toMatchObject({
    ...{ 'cache-control': 'no-cache', 'service-worker-allowed': '/desk', 'content-encoding': 'br' },
    ...{ 'content-type': 'application/javascript; charset=utf-8', vary: 'accept-encoding' },
  })
  expect(worker.headers['content-security-policy']).toMatch(/^default-src 'self'/)
  expect(brotliDecompressSync(worker.bytes)).toEqual(plain.bytes)
  expect(plain.bytes.toString()).not.toMatch(/^\s*(?:import|export)\b/m)
  expect(none.headers['content-type']).toMatch(/^text\/html/)
})

test('the desk can be installed: its manifest names icons of the sizes that it says', async () => {
  const html = await loadPage(`${desk.url}/desk`)
  const [, path = ''] = /rel="manifest" href="([^"]+)"/.exec(html) ?? []
  const [, touch = ''] = /rel="apple-touch-icon" href="([^"]+)"/.exec(html) ?? []

  const { headers, bytes } = await load(desk.url + path)
  const manifest: { start_url: string; icons: { src: string; sizes: string; purpose: string }[] } = JSON.parse(
    `${bytes}`,
  )
  const icons = [...manifest.icons, { src: touch, sizes: '180x180', purpose: 'touch' }]
  const sizes = await Promise.all(icons.map(async ({ src }) => sizeOf((await load(desk.url + src)).bytes)))

  expect(headers['content-type']).toBe('application/manifest+json')
  expect(manifest.start_url).toBe('/desk/')
  expect(icons.map(({ sizes: said, purpose }) => `${said} ${purpose}`)).toEqual([
    ...['192x192 any', '512x512 any', '512x512 maskable', '180x180 touch'],
  ])
  expect(sizes).toEqual(icons.map(icon => icon.sizes))
})

test('what the first view of the desk needs of scripts is at most 250 KB on the wire', async () => {
  const html = await loadPage(`${desk.url}/desk`)
  const scripts = Array.from(html.matchAll(/(?:src|href)="([^"]+\.js)"/g), ([, path = '']) => path)
  const sizes = await Promise.all(
    scripts.map(async path => (await load(desk.url + path, { 'accept-encoding': 'gzip' })).bytes.length),
  )

  expect(scripts.length).toBeGreaterThan(3)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000)
})

describe('the guide', () => {
  const at = (path: string) => `${market.url}/guide${path}`

  test('leads to the language that the reader likes', async () => {
    const ask = (path: string, language: string) => load(at(path), { 'accept-language': language })
    const [russian, other, bare] = [await ask('', 'ru-RU,ru;q=0.9'), await ask('/', 'de'), await load(at('/ru'))]

    expect([russian.status, russian.headers.location, russian.headers.vary]).toEqual([
      302,
      '/guide/ru/',
      'accept-language',
    ])
    expect([other.status, other.headers.location]).toEqual([302, '/guide/en/'])
    expect([bare.status, bare.headers.location]).toEqual([301, '/guide/ru/'])
  })

  test('has pages that are asked for anew each time, compressed, and sent once to who has them', async () => {
    const page = await load(at('/ru/notifications'), { 'accept-encoding': 'br' })
    const same = await load(at('/ru/notifications'), {
      'accept-encoding': 'br',
      'if-none-match': page.headers.etag ?? '',
    })
    const html = brotliDecompressSync(page.bytes).toString()

    expect(page.headers).toMatchObject({
      ...{ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'content-encoding': 'br' },
      ...{ vary: 'accept-encoding', 'x-content-type-options': 'nosniff' },
    })
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'self'; .*frame-ancestors 'none'/)
    expect([page.status, same.status, same.bytes.length]).toEqual([200, 304, 0])
    expect(html).toContain('<html lang="ru"')
    const parts = Array.from(
      html.matchAll(/(?:src|data-search|<link[^>]* href)="(\/guide\/assets[^"]+)"/g),
      ([, path = '']) => path,
    )
    expect(parts.length).toBeGreaterThan(5)
    for (const path of parts) {
      const { status, headers } = await load(market.url + path)
      expect([path, status, headers['cache-control']]).toEqual([path, 200, 'public, max-age=31536000, immutable'])
    }
  })

  test.each([
    ['/ru/nothing', 'Такой страницы нет'],
    ['/en/notifications.html.br', 'No such page'],
    ['/nothing', 'No such page'],
    ['/en/.built-from', 'No such page'],
  ])('says at %s that there is no such page', async (path, said) => {
    const { status, headers, bytes } = await load(at(path), { 'if-none-match': '"x"' })

    expect([status, headers['content-type'], headers.etag]).toEqual([404, 'text/html; charset=utf-8', undefined])
    expect(bytes.toString()).toContain(`<h1>${said}</h1>`)
  })
})

/** Of a PNG, as its header has it. */
function sizeOf(png: Buffer): string {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`
}
