import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { ConsoleSessions, sessionCookie, sessionCookieOf } from './sessions.ts'

const dayMs = 24 * 60 * 60 * 1000
const adminToken = 'admin-x'

function makeSessions(secret = 'a secret') {
  const clock = makeManualClock(new Date('2026-01-01T00:00:00Z'))
  return { clock, sessions: new ConsoleSessions({ secret: Buffer.from(secret.padEnd(32)), adminToken, clock }) }
}

test('a ticket signs in once', async () => {
  const { sessions } = makeSessions()
  const ticket = sessions.makeTicket()

  expect(await sessions.open(`${ticket}x`)).toBeUndefined()
  expect(await sessions.read((await sessions.open(ticket)) ?? '')).toBe(true)
  expect(await sessions.open(ticket)).toBeUndefined()
})

test('the admin token signs in any time, nothing else does', async () => {
  const { sessions } = makeSessions()

  expect(await sessions.open(adminToken)).toBeDefined()
  expect(await sessions.open(adminToken)).toBeDefined()
  for (const wrong of ['', 'admin-', 'admin-y']) expect(await sessions.open(wrong)).toBeUndefined()
})

test('a session is over after thirty days', async () => {
  const { clock, sessions } = makeSessions()
  const value = (await sessions.open(adminToken)) ?? ''
  clock.advance(30 * dayMs - 1000)
  expect(await sessions.read(value)).toBe(true)
  clock.advance(1000)
  expect(await sessions.read(value)).toBe(false)
})

test('a session that was changed, unsigned or signed by another secret is none', async () => {
  const { sessions } = makeSessions()
  const value = (await sessions.open(adminToken)) ?? ''
  const [head = '', body = '', signature = ''] = value.split('.')
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
  const others = (await makeSessions('another').sessions.open(adminToken)) ?? ''

  for (const wrong of [`${head}.${body}x.${signature}`, `${unsigned}.${body}.`, others, '', 'x'])
    expect(await sessions.read(wrong)).toBe(false)
})

test('of a thousand and one tickets the first is forgotten', async () => {
  const { sessions } = makeSessions()
  const tickets = Array.from({ length: 1001 }, () => sessions.makeTicket())

  expect(await sessions.open(tickets[0] ?? '')).toBeUndefined()
  expect(await sessions.open(tickets[1] ?? '')).toBeDefined()
})

test('the cookie is found among others, and only by its whole name', () => {
  expect(sessionCookieOf({ cookie: 'a=1; prilavok_console=abc; b=2' })).toBe('abc')
  for (const cookie of [undefined, '', 'xprilavok_console=abc', 'prilavok_console=', 'prilavok_console'])
    expect(sessionCookieOf(cookie === undefined ? {} : { cookie })).toBeUndefined()
})

test('the cookie is for our own pages alone, and for https alone where there is https', () => {
  expect(sessionCookie('v', { isSecure: false })).toBe(
    'prilavok_console=v; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict',
  )
  expect(sessionCookie('', { isSecure: true })).toMatch(/^prilavok_console=; .*Max-Age=0.*; Secure$/)
})
