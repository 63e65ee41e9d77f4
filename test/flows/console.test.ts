import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { problemOf } from '../support/admin.ts'
import { ask } from '../support/http.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { startSecond } from '../support/second-market.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const ours = { 'x-prilavok-console': '1' }

beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build-if-stale.mjs')])
}, 60_000)

const ticket = () => new URLSearchParams(new URL(market.running.consoleUrl()).hash.slice(1)).get('ticket') ?? ''
const signIn = (json: unknown, headers: Record<string, string> = ours) =>
  ask(`${market.url}/console/session`, { method: 'POST', headers, json })
const cookieOf = ({ headers }: { headers: Headers }) => headers.getSetCookie()[0]?.split(';')[0] ?? ''
const session = async (cookie: string) =>
  (await ask(`${market.url}/console/session`, { headers: { ...ours, cookie } })).body

describe('signing in', () => {
  test('a printed link opens the console once, and its session the admin API', async () => {
    const link = ticket()
    const first = await signIn({ ticket: link })
    const second = await signIn({ ticket: link })
    const cookie = cookieOf(first)
    const businesses = await ask(`${market.url}/admin/v1/businesses`, { headers: { ...ours, cookie } })

    expect(first.status).toBe(204)
    expect(first.headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Strict$/)
    expect(problemOf(second)).toMatchObject({ status: 401, detail: expect.stringContaining('was used') })
    expect(second.headers.getSetCookie()).toEqual([])
    expect(await session(cookie)).toEqual({ signedIn: true, version: '0.0.0-test', hasLab: false })
    expect(businesses.status).toBe(200)
  })

  test('a printed link opens the console at any process, at one of them', async () => {
    const others = [await startSecond(market), await startSecond(market)]
    const link = ticket()
    const opened = await Promise.all(
      others.map(({ url }) => ask(`${url}/console/session`, { method: 'POST', headers: ours, json: { ticket: link } })),
    )

    expect(opened.map(({ status }) => status).sort()).toEqual([204, 401])
    expect(await signIn({ ticket: link })).toMatchObject({ status: 401 })
  })

  test('the admin token opens it, another text does not', async () => {
    expect((await signIn({ adminToken: market.adminToken })).status).toBe(204)
    expect(problemOf(await signIn({ adminToken: 'admin-x' }))).toMatchObject({ status: 401 })
    expect(await session('prilavok_console=x')).toMatchObject({ signedIn: false })
  })

  test.each([['{'], ['[]'], ['{"ticket":1}'], ['{"adminToken":""}'], ['"x"'], ['']])(
    'a body %s is refused',
    async body => {
      const reply = await ask(`${market.url}/console/session`, { method: 'POST', headers: ours, body })

      expect(reply.status).toBeGreaterThanOrEqual(400)
      expect(reply.status).toBeLessThan(500)
    },
  )

  test('without the header that only our pages send nothing is done', async () => {
    const cookie = cookieOf(await signIn({ adminToken: market.adminToken }))
    const link = ticket()

    expect(problemOf(await signIn({ ticket: link }, {}))).toMatchObject({ status: 403 })
    expect((await signIn({ ticket: link })).status, 'the ticket was not used up').toBe(204)
    expect((await ask(`${market.url}/admin/v1/businesses`, { headers: { cookie } })).status).toBe(401)
    expect((await ask(`${market.url}/console/session`, { method: 'DELETE', headers: { cookie } })).status).toBe(403)
  })

  test('signing out takes the cookie away', async () => {
    const reply = await ask(`${market.url}/console/session`, { method: 'DELETE', headers: ours })

    expect(reply.headers.getSetCookie()[0]).toMatch(/^prilavok_console=; .*Max-Age=0/)
  })
})

describe('the first page', () => {
  const at = (accept: string, language: string) =>
    fetch(`${market.url}/`, { headers: { accept, 'accept-language': language } })
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

  test.each([
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru', 'Консоль'],
    ['en-GB,en;q=0.9', 'en', 'Console'],
  ])('a browser that reads %s is shown what is here', async (languages, language, console) => {
    const answer = await at(browser, languages)
    const html = await answer.text()

    expect(answer.status).toBe(200)
    expect(answer.headers.get('vary')).toBe('accept, accept-language')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(html).toContain(`<html lang="${language}">`)
    expect(html).toContain(console)
    expect(Array.from(html.matchAll(/<a href="([^"]+)"/g), ([, href]) => href)).toEqual([
      '/console',
      '/docs/',
      '/guide',
    ])
  })

  test('to a program it is a path that is not there', async () => {
    for (const accept of ['*/*', 'application/json']) {
      const answer = await at(accept, 'ru')

      expect([answer.status, await answer.json()]).toMatchObject([404, { status: 'ERROR' }])
    }
  })
})

describe('serving the console', () => {
  const page = (path: string) => fetch(`${market.url}${path}`)

  test.each(['/console', '/console/', '/console/7/chats/33?x=1', '/console/7/query-log'])(
    '%s is its page',
    async path => {
      const answer = await page(path)

      expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/)
      expect(answer.headers.get('content-security-policy')).not.toMatch(/script-src|unsafe-eval/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
      expect(await answer.text()).toContain('<div id="root">')
    },
  )

  test('its scripts and styles are its own, and kept by browsers for good', async () => {
    const html = await (await page('/console')).text()
    const paths = Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, path = '']) => path)
    const answers = await Promise.all(paths.map(page))

    expect(paths.length).toBeGreaterThan(2)
    expect(html).not.toMatch(/<script(?![^>]* src=)/)
    expect(paths.filter(path => !path.startsWith('/console/assets/'))).toEqual([])
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200))
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('an asset has one name', async () => {
    const [, name = ''] = /assets\/([^"]+)"/.exec(await (await page('/console')).text()) ?? []

    expect((await page(`/console/assets/${name}`)).status).toBe(200)
    for (const other of [`.%2f${name}`, `%2f${name}`, `x%2f..%2f${name}`])
      expect((await page(`/console/assets/${other}`)).status).toBe(404)
  })

  test.each([
    '/console/assets/none.js',
    '/console/assets/../../../package.json',
    '/console/assets/..%2f..%2f..%2fpackage.json',
    '/console/assets/%2e%2e/.built-from',
    '/console/assets/..%5c..%5cpackage.json',
    '/console/assets/.built-from',
    '/console/assets//etc/passwd',
    '/console/assets/%00',
    '/console/%2e%2e/%2e%2e/package.json',
    '/console/../../package.json',
  ])('nothing else is reached by %s', async path => {
    const connection = await openConnection(market.url)
    connection.socket.write(spellHead('GET', path, { connection: 'close' }))
    const said = await connection.closed

    expect(said).toMatch(/^HTTP\/1.1 (404|200|400) /)
    expect(said).not.toMatch(/"name": "prilavok"|root:|[0-9a-f]{64}\s*$/)
    if (said.startsWith('HTTP/1.1 200')) expect(said).toContain('<div id="root">')
  })
})
