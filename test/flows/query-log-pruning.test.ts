import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { keptSince } from '../../src/market/query-log/kept-since.ts'
import { pruneRequests } from '../../src/market/store/prune.ts'
import { makeCall, makeScene, send } from '../support/published-calls.ts'
import { readLog } from '../support/query-log.ts'
import { useMarket } from '../support/test-market.ts'

const hourMs = 60 * 60_000
const clock = makeManualClock(new Date('2026-03-01T12:00:00Z'))
const market = useMarket({ clock })

const prune = () => pruneRequests(market.sql, keptSince(clock.now()))

test('a request stays for ten days of the market and is then removed, however many there are', async () => {
  const [one, two] = [await makeScene(market), await makeScene(market)]
  await readLog(market, one.businessId)
  await market.sql`
    insert into market.requests
    select lane, business_id, at, request_id + 100 + n, key_id, operation, method, path, status, duration_ms, trace_id,
           request_body, response_body, is_cut, text_bytes
      from market.requests cross join generate_series(1, 5000) n where business_id = ${one.businessId} and operation = 'createChat'`

  clock.advance(239 * hourMs)
  await send(market, makeCall('getChat', two))
  const early = await prune()
  clock.advance(hourMs + 1)
  const late = await prune()

  expect([early, late]).toEqual([0, 5_006])
  expect((await readLog(market, one.businessId)).requests).toEqual([])
  expect((await readLog(market, two.businessId)).requests.map(request => request.operation)).toEqual(['getChat'])
  expect(await prune()).toBe(0)
})
