import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startMarket } from 'prilavok/testing'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { hostProgram } from '../../src/testing/host-program.ts'
import { hostPlace } from '../../src/testing/link/place.ts'
import { makeReceiver } from '../support/receiver.ts'

const within = '60 seconds'
const market = await startMarket()
beforeEach(() => market.reset())
afterAll(() => market.stop())

test('after a reset everything is as in the beginning: chats, faults, the clock', async () => {
  await market.buyer.writes('Где заказ?')
  await market.fault('duplicate')
  await market.advance('14 days')

  await market.reset()

  expect(await market.buyer.reads()).toEqual([])
  expect(await market.ask('GET /lab/v1/faults')).toEqual({ faults: [] })
  expect(await market.ask('GET /lab/v1/clock')).toMatchObject({ offsetSeconds: 0 })
})

test('what a program has met, and never has, is told over a reset', async () => {
  await using other = await startMarket()
  const call = (path: string) => fetch(`${other.url}${path}`, { headers: { 'api-key': other.apiKey } })
  await call(`/v2/businesses/${other.businessId}/chat?chatId=404`)
  await other.reset()
  await other.fault('answer-503')
  await call('/v2/campaigns')

  const { met, of, missed } = await other.coverage()

  const names = missed.map(({ name }) => name)
  expect(names.slice(0, 2)).toEqual(['tooManyPerHour', 'lostAnswer'])
  expect(names).not.toContain('chatNotFound')
  expect(names).not.toContain('unavailable')
  expect(met + missed.length).toBe(of)
  expect(missed[0]).toMatchObject({ status: 420, message: expect.stringContaining('Hit rate limit') })
})

test('each fault that coverage names can be asked for as it stands, and is what it says', async () => {
  await using other = await startMarket()
  const call = () => fetch(`${other.url}/v2/campaigns`, { headers: { 'api-key': other.apiKey } })
  await call()
  const { missed } = await other.coverage()

  for (const { name, status, fault } of missed.filter(each => each.fault && each.status !== undefined)) {
    await other.reset()
    await other.fault(...(fault ?? ['drop', {}]))
    expect([name, (await call()).status]).toEqual([name, status])
  }
  const named = new Map(missed.map(({ name, fault }) => [name, fault]))
  expect(named.get('lateAnswer')).toEqual(['delay-answer', { delay: '20 seconds' }])
})

test('what a test asks for in vain is told in its own words', async () => {
  const asked = [
    () => market.fault('420' as 'drop'),
    () => market.fault('drop', { times: 0 }),
    () => market.fault('refuse', { refusal: 'nothing' }),
    () => market.expectNotification('CHAT_MESSAGE' as 'CHAT_CREATED'),
  ]
  const told = await Promise.all(asked.map(ask => ask().then(String, (error: Error) => error.message)))

  expect(told).toEqual([
    expect.stringContaining('"420" is no fault: there are answer-420, '),
    'times must be 1 or more, and is 0',
    expect.stringContaining('refusal'),
    expect.stringContaining('"CHAT_MESSAGE" is no type: there are CHAT_CREATED, '),
  ])
})

test('a market that is stopped twice is stopped once', async () => {
  const other = await startMarket()
  await other.stop()
  await expect(other.stop()).resolves.toBeUndefined()
})

test('what did not come is told with what came instead, each notification being expected once', async () => {
  const { chatId, messageId } = await market.buyer.writes('Где заказ?')
  const found = await market.expectNotification('CHAT_MESSAGE_SENT', { chatId, within })

  const failure = market.expectNotification('CHAT_MESSAGE_SENT', { chatId, within: '0 seconds' })

  expect(found).toMatchObject({ messageId, body: { chatId, messageId: `${messageId}` }, attempts: [{ status: 200 }] })
  await expect(failure).rejects.toThrow(
    `No CHAT_MESSAGE_SENT of chat ${chatId} was taken within 0 s. What the market has told:
  CHAT_CREATED            chat ${chatId}  →  200
  CHAT_MESSAGE_SENT       chat ${chatId}, message ${messageId}  →  200 (expected before)`,
  )
})

test('a handler is told its secret before the PING, and what it refuses comes again when time has passed', async () => {
  const receiver = await makeReceiver()
  const told: { secret: string; pings: number }[] = []
  const onSecret = (secret: string) => told.push({ secret, pings: receiver.arrivals.length })
  await using other = await startMarket({ notify: { url: receiver.url, types: ['CHAT_MESSAGE_SENT'], onSecret } })
  receiver.answering = 'fail'
  await other.buyer.writes('Где заказ?')
  await other.expectNotification('CHAT_MESSAGE_SENT', { answered: 500, within })
  receiver.answering = 'ok'

  await other.advance('2 minutes')

  const { attempts } = await other.expectNotification('CHAT_MESSAGE_SENT', { within })
  expect(told).toEqual([{ secret: expect.stringMatching(/^whsec_/), pings: 0 }])
  expect(receiver.arrivals.map(({ body }) => body.notificationType)).toEqual([
    'PING',
    ...Array(2).fill('CHAT_MESSAGE_SENT'),
  ])
  expect(attempts.map(({ status }) => status)).toEqual([500, 200])
})

test('a handler that does not answer PING is told of, and no market is left behind', async () => {
  const receiver = await makeReceiver('fail')

  await expect(startMarket({ notify: receiver.url })).rejects.toThrow(/the market refused POST \S+\/enable: .*PING/)
})

test('markets of two files do not meet, nor do the buyers of one', async () => {
  await using other = await startMarket()
  await other.advance('1 day')
  const buyer = await other.newBuyer('Вера')
  await buyer.sends({ name: 'photo.txt', bytes: Buffer.from('a photo') })
  await other.buyer.opensDispute('Разбито')
  await other.finishDispute()
  await other.expectNotification('CHAT_ARBITRAGE_FINISHED', { within })

  expect(await market.ask('GET /lab/v1/clock')).toMatchObject({ offsetSeconds: 0 })
  expect(await market.buyer.reads()).toEqual([])
  expect((await buyer.reads()).map(({ file }) => file?.name)).toEqual(['photo.txt'])
  expect((await other.buyer.reads()).map(({ text }) => text)).toEqual(['Разбито'])
})

test('timers that a test has stopped, and a fetch that it has replaced, are nothing to the market', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in this test')))

  await market.buyer.writes('Где заказ?')
  const { type } = await market.expectNotification('CHAT_MESSAGE_SENT', { within })

  vi.useRealTimers()
  vi.unstubAllGlobals()
  expect(type).toBe('CHAT_MESSAGE_SENT')
})

const program = `
  const { startMarket } = await import('prilavok/testing')
  const market = await startMarket()
  await market.buyer.writes('Где заказ?')
  console.log(market.url)`

test('a program that forgets to stop its market ends, and the market with it', async () => {
  const root = join(import.meta.dirname, '../..')
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: root })
  const url = `${await once(child.stdout, 'data')}`.trim()
  const [code] = await once(child, 'close')

  expect(code).toBe(0)
  await expect
    .poll(() =>
      fetch(url).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone')
  // The host itself is there for the next file.
  expect(existsSync(hostPlace(hostProgram).socket)).toBe(true)
})
