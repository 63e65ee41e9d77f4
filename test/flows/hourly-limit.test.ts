import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { HourlyLimit, type Quota } from '../../src/market/limits/hourly.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const hourMs = 60 * 60 * 1000
const start = new Date('2026-03-01T10:20:00Z')
let businesses = 1_000n

const newBusiness = () => {
  businesses += 10n
  return businesses
}

const makeLimit = (clock = makeManualClock(start)) =>
  new HourlyLimit({ sql: market.sql, layout: market.layout, clock, isLifted: false })

type Step =
  | { step: 'take'; who: { business: number; operation: number }[] }
  | { step: 'give back'; which: number }
  | { step: 'advance'; ms: number }
  | { step: 'restart' }

const who = fc.record({ business: fc.integer({ min: 0, max: 2 }), operation: fc.integer({ min: 0, max: 1 }) })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ step: fc.constant('take' as const), who: fc.array(who, { minLength: 1, maxLength: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('give back' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 2 * hourMs }) }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('restart' as const) }) },
)

test('whatever order requests come in, each hour grants exactly its limit and tells exactly what is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
      const clock = makeManualClock(start)
      const base = newBusiness()
      const operations = [
        { name: 'few', perHour: 3 },
        { name: 'more', perHour: 7 },
      ] as const
      const model = new Map<string, number>() // hits by business, operation and hour
      const granted: { key: string; business: bigint; operation: number; quota: Quota }[] = []
      let limit = makeLimit(clock)

      for (const act of steps) {
        if (act.step === 'advance') clock.advance(act.ms)
        if (act.step === 'restart') {
          await limit.stop()
          limit = makeLimit(clock)
        }
        if (act.step === 'give back') {
          const [taken] = granted.splice(act.which % (granted.length || 1), 1)
          if (!taken) continue
          limit.giveBack(taken.business, operations[taken.operation === 0 ? 0 : 1], taken.quota)
          model.set(taken.key, (model.get(taken.key) ?? 0) - 1)
        }
        if (act.step !== 'take') continue
        const hour = Math.floor(clock.now().getTime() / hourMs)
        const quotas = await Promise.all(
          act.who.map(async ({ business, operation }) => {
            const id = base + BigInt(business)
            const quota = await limit.take(id, operations[operation === 0 ? 0 : 1])
            return { key: `${id} ${operation} ${hour}`, business: id, operation, quota }
          }),
        )
        for (const taken of quotas) {
          const { perHour } = operations[taken.operation === 0 ? 0 : 1]
          const hits = model.get(taken.key) ?? 0
          expect(taken.quota.isGranted).toBe(hits < perHour)
          if (taken.quota.isGranted) {
            model.set(taken.key, hits + 1)
            granted.push(taken)
          }
          expect(taken.quota.remaining).toBe(perHour - (model.get(taken.key) ?? 0))
          expect(taken.quota.until.getTime()).toBe((hour + 1) * hourMs)
        }
      }
      await limit.stop()
    }),
    { numRuns: 60 },
  )
})

test('two processes together grant exactly the limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 30, maxLength: 90 }),
      fc.integer({ min: 1, max: 40 }),
      async (sides, perHour) => {
        const business = newBusiness()
        const limits = [makeLimit(), makeLimit()] as const

        const quotas = await Promise.all(sides.map(side => limits[side ? 1 : 0].take(business, { name: 'x', perHour })))

        const granted = quotas.filter(quota => quota.isGranted)
        expect(granted).toHaveLength(Math.min(perHour, sides.length))
        expect(granted.map(quota => perHour - quota.remaining).sort((a, b) => a - b)).toEqual(
          granted.map((_quota, i) => i + 1),
        )
      },
    ),
    { numRuns: 30 },
  )
})

test('four processes that take one by one until they are refused together grant exactly the limit', async () => {
  const business = newBusiness()
  const operation = { name: 'x', perHour: 400 }
  const takeAll = async (limit: HourlyLimit) => {
    let granted = 0
    while ((await limit.take(business, operation)).isGranted) granted++
    return granted
  }

  const granted = await Promise.all(Array.from({ length: 4 }, () => takeAll(makeLimit())))

  expect(granted.reduce((sum, count) => sum + count)).toBe(400)
})

test('what was taken before the hour turned is not given back to the new hour', async () => {
  const clock = makeManualClock(new Date('2026-03-01T10:59:59Z'))
  const operation = { name: 'x', perHour: 1 }
  const business = newBusiness()
  const limit = makeLimit(clock)
  const old = await limit.take(business, operation)
  clock.advance(2_000)
  const first = await limit.take(business, operation)

  limit.giveBack(business, operation, old)
  const second = await limit.take(business, operation)

  expect([old, first, second].map(quota => quota.isGranted)).toEqual([true, true, false])
})

test('a process whose clock is behind gives nothing back to an hour that has begun elsewhere', async () => {
  const late = makeManualClock(new Date('2026-03-01T10:59:59Z'))
  const operation = { name: 'x', perHour: 1 }
  const business = newBusiness()
  const [slow, fast] = [makeLimit(late), makeLimit(makeManualClock(new Date('2026-03-01T11:00:00Z')))]
  const old = await slow.take(business, operation)
  const first = await fast.take(business, operation)

  slow.giveBack(business, operation, old)
  await slow.stop()
  const second = await fast.take(business, operation)

  expect([old, first, second].map(quota => quota.isGranted)).toEqual([true, true, false])
})

test('a request that comes just as a count ends is counted by the next', async () => {
  const limit = makeLimit()
  const business = newBusiness()
  const operation = { name: 'x', perHour: 1000 }
  // Every depth of promises is one more moment at which the next request may come.
  for (let depth = 0; depth < 12; depth++) {
    let quota = limit.take(business, operation)
    for (let i = 0; i < depth; i++) quota = quota.then(value => value)
    await quota
    expect(await limit.take(business, operation)).toMatchObject({ isGranted: true })
  }
})
