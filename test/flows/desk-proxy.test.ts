import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { parseNetworks } from '../../src/cli/terminal/parse-values.ts'
import { takeAttempt } from '../../src/desk/store/sign-in-attempts.ts'
import { type TestDesk, useDesk } from '../support/desk-app.ts'
import { askDesk } from '../support/desk-person.ts'

const clock = makeManualClock(new Date('2026-05-05T10:00:00Z'))
const behindProxy = useDesk({ clock, proxies: ['loopback'] })
const direct = useDesk({ clock })

let tried = 0

/** Tries to sign in under an address of mail that nobody has tried, as a proxy hands it on. */
async function tryFrom(desk: TestDesk, address: string): Promise<number> {
  const json = { email: `nobody-${++tried}@x.example`, password: 'a wrong password' }
  const { status } = await askDesk(desk, 'POST /session', { json, headers: { 'x-forwarded-for': address } })
  return status
}

/** The attempts that an address has free, as if they had been made: each password costs a moment of the processor. */
async function useUp({ sql }: TestDesk, address: string): Promise<void> {
  for (let made = 0; made < 50; made++)
    await takeAttempt(sql, `address ${address}`, { free: 50, maxSeconds: 60, now: clock.now() })
}

test('behind a proxy that was named, who tries too often waits, and nobody else does', async () => {
  await useUp(behindProxy, '198.51.100.1')

  expect(await tryFrom(behindProxy, '198.51.100.1')).toBe(429)
  expect(await tryFrom(behindProxy, '198.51.100.2')).toBe(401)
})

test('what the caller says of itself counts for nothing without a proxy, nor before the last one', async () => {
  await useUp(direct, '127.0.0.1')
  await useUp(behindProxy, '198.51.100.3')

  expect(await tryFrom(direct, '198.51.100.2')).toBe(429)
  expect(await tryFrom(behindProxy, '203.0.113.10, 198.51.100.3')).toBe(429)
})

test('addresses, networks and their names are read; what is none is refused', () => {
  expect(parseNetworks('loopback, 10.0.0.0/8,2001:db8::1')).toEqual(['loopback', '10.0.0.0/8', '2001:db8::1'])
  for (const wrong of ['', 'true', '10.0.0.0/33', 'proxy.example', '10.0.0.1,', '::1/129'])
    expect([wrong, parseNetworks(wrong)]).toEqual([wrong, undefined])
})
