import { beforeEach, expect, test, vi } from 'vitest'
import { Budget, MarketClient, type MarketClientOptions, systemClock } from '#client'
import { makeManualClock } from '#kit'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { clientClockOf } from '../support/client-clocks.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-06-01T09:15:00Z'))
const market = useMarket({ isHourlyLifted: false, maxParallel: 2, clock })
let business: TestBusiness

beforeEach(async () => {
  business = await makeBusiness(market)
})

function makeClient(options: Partial<MarketClientOptions> = {}): MarketClient {
  const { token: apiKey, businessId } = business
  return new MarketClient({ apiKey, businessId, baseUrl: market.url, clock: clientClockOf(clock), ...options })
}

const askTimes = (client: MarketClient, times: number, urgency: 'person' | 'news' = 'person') =>
  Promise.all(Array.from({ length: times }, () => client.token({ urgency })))

test('a hundred calls at once keep to the two that the market takes', async () => {
  const statuses: (number | undefined)[] = []
  await askTimes(makeClient({ onCall: ({ status }) => statuses.push(status) }), 100)
  expect(statuses).toEqual(Array(100).fill(200))
})

test('two clients with one budget keep to it together', async () => {
  const statuses: (number | undefined)[] = []
  const budget = new Budget({ parallel: 2, clock: clientClockOf(clock) })
  const onCall: MarketClientOptions['onCall'] = ({ status }) => statuses.push(status)
  const [one, other] = [makeClient({ budget, onCall }), makeClient({ budget, onCall })]
  await Promise.all([askTimes(one, 40), askTimes(other, 40)])

  expect(statuses).toEqual(Array(80).fill(200))
  expect(other.limits()).toEqual(one.limits())
})

test('a client that did not know that the hour is used up waits for its end, and then is answered', async () => {
  await askTimes(makeClient(), 100)
  const statuses: (number | undefined)[] = []
  const late = makeClient({ onCall: ({ status }) => statuses.push(status) })
  let isAnswered = false
  const answer = late.token().then(() => {
    isAnswered = true
  })

  await vi.waitFor(() => expect(statuses).toEqual([420]), { timeout: 30_000 })
  clock.advance(40 * 60 * 1000)
  expect(isAnswered).toBe(false)
  clock.advance(20 * 60 * 1000)
  await answer
  expect(statuses).toEqual([420, 200])
})

test('a client that knows asks no more than the hour has, leaves some to persons, and goes on in the next', async () => {
  const statuses: (number | undefined)[] = []
  const client = makeClient({ onCall: ({ status }) => statuses.push(status) })
  await askTimes(client, 1)
  const news = askTimes(client, 99, 'news')
  await vi.waitFor(() => expect(statuses).toHaveLength(95), { timeout: 30_000 })
  await askTimes(client, 5, 'person')
  expect(statuses).toEqual(Array(100).fill(200))

  clock.advance(60 * 60 * 1000)
  await news
  expect(statuses).toEqual(Array(105).fill(200))
})

test('who waits for the hour can be called off', async () => {
  const client = makeClient()
  await askTimes(client, 100)
  const leaving = new AbortController()
  const waiting = client.token({ signal: leaving.signal })
  const reason = new Error('enough')
  leaving.abort(reason)
  await expect(waiting).rejects.toBe(reason)
})

test('a crowd of others is waited out', async () => {
  const statuses = new Set<number | undefined>()
  const [one, other] = [makeClient(), makeClient()].map((_client, index) =>
    makeClient({
      clock: { now: clock.now, wait: (ms, signal) => systemClock.wait(ms < 10_000 ? ms / 20 : ms, signal) },
      onCall: ({ status }) => statuses.add(status),
      random: () => index,
    }),
  )
  await Promise.all([one, other].map(client => client && askTimes(client, 30)))
  expect(statuses).toEqual(new Set([200, 420]))
})
