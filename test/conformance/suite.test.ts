import { beforeAll, describe, expect, test } from 'vitest'
import { type Check, checks, runCheck, type Suite } from '#conformance'
import { makeConformanceScene, makeSuite } from '../support/conformance-scene.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
let suite: Suite

beforeAll(async () => {
  suite = await makeSuite(market, await makeConformanceScene(market), { parallel: 8 })
})

const holds = async (_rule: string, check: Check) => {
  const { outcome, exchanges } = await runCheck(check, suite)

  expect(outcome).toEqual({ verdict: 'held' })
  expect(exchanges.length, 'calls').toBeLessThanOrEqual(check.calls)
}

const titled = (own: readonly Check[]) => own.map(check => [check.rule.en, check] as const)
const reading = Map.groupBy(
  checks.filter(({ writes }) => !writes),
  ({ subject }) => subject,
)
const writing = Map.groupBy(
  checks.filter(({ writes }) => writes),
  ({ subject }) => subject,
)

describe.concurrent.each([...reading])('%s', (_subject, own) => {
  test.each(titled(own))('%s', holds)
})

// One after the other: each looks for its own message.
describe.each([...writing])('%s, writing', (_subject, own) => {
  test.each(titled(own))('%s', holds)
})
