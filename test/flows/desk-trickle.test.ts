import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { AdminCalls } from '../../src/cli/connection/admin-calls.ts'
import { BuyerTrickle } from '../../src/cli/desk/trickle.ts'
import { textsOf } from '../../src/cli/texts/index.ts'
import { makeBusiness } from '../support/business.ts'
import { signInOwner } from '../support/desk-person.ts'
import { startTestDesk, useDeskDatabase } from '../support/test-desk.ts'
import { collectingLog, useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })
const database = useDeskDatabase()
const minute = 60_000

async function scene() {
  const { businessId } = await makeBusiness(market)
  const clock = makeManualClock(new Date('2026-05-05T10:00:00Z'))
  const log = collectingLog([])
  const trickle = new BuyerTrickle({ admin: () => new AdminCalls(market, textsOf('en')), businessId, clock, log })
  const count = async () => {
    const rows = await market.sql`select from market.chats where business_id = ${businessId}`
    return rows.length
  }
  /** Until the next visit is planned, which is after this one. */
  const visit = async (ms: number) => {
    clock.advance(ms)
    await expect.poll(() => clock.nextAt()).toBeDefined()
  }
  return { trickle, clock, count, visit }
}

test('a simulated buyer comes soon after the start, and another every few minutes, two dozen at the most', async () => {
  const { trickle, count, visit } = await scene()

  trickle.start()
  await visit(2 * minute)
  expect(await count()).toBe(1)
  await visit(5 * minute)
  expect(await count()).toBe(2)
  for (let n = 0; n < 24; n++) await visit(5 * minute)
  expect(await count()).toBe(24)
})

test('nobody comes while it is paused, and nobody when it has stopped', async () => {
  const { trickle, clock, count, visit } = await scene()
  trickle.start()

  await trickle.set(false)
  await visit(2 * minute)
  await visit(5 * minute)
  expect(await count()).toBe(0)
  await trickle.set(true)
  await visit(5 * minute)
  expect(await count()).toBe(1)
  trickle.stop()
  expect(clock.nextAt()).toBeUndefined()
})

test('what was said last is kept over a restart', async () => {
  const start = async () => {
    const { trickle } = await scene()
    const running = await startTestDesk(database, { trickle })
    return { trickle, running, owner: await signInOwner(running) }
  }
  const first = await start()
  const byDefault = await first.owner.get('GET /trickle')
  await first.owner.get('PUT /trickle', { isOn: false })
  await first.running.stop()

  const second = await start()
  const afterwards = await second.owner.get('GET /trickle')
  await second.owner.get('PUT /trickle', { isOn: true })
  await second.running.stop()
  const third = await start()

  expect([byDefault, afterwards, await third.owner.get('GET /trickle')]).toEqual([
    { isOn: true },
    { isOn: false },
    { isOn: true },
  ])
  expect([second.trickle.isOn, third.trickle.isOn]).toEqual([true, true])
})
