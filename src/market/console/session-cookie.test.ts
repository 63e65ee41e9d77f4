import { expect, test } from 'vitest'
import { sessionCookie, sessionCookieOf } from './session-cookie.ts'

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
