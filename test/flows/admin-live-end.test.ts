import { afterAll, expect, test, vi } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { openEvents } from '../support/event-stream.ts'
import { useMarket } from '../support/test-market.ts'

// Heartbeats come when a test says so. What else the server does now and then is not needed here.
vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
afterAll(() => void vi.useRealTimers())
const beatMs = 15_000

const market = useMarket()

test('a heartbeat shows that the line is alive, and after an hour the stream ends', async () => {
  const shop = await makeBusiness(market)
  const stream = await openEvents(market, {
    token: market.adminToken,
    path: `/admin/v1/businesses/${shop.businessId}/events`,
  })

  for (let beat = 1; beat < 240; beat++) vi.advanceTimersByTime(beatMs)
  await expect.poll(() => stream.comments()).toBe(239)
  vi.advanceTimersByTime(beatMs)

  await stream.ended
})
