import { beforeAll, describe, expect, test } from 'vitest'
import { type Check, checks, runCheck, runSuite, type Suite } from '#conformance'
import { askAdminFor } from '../support/admin.ts'
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

test('a business that lets a shop reopen finished chats holds as well, and the second look says that the chat is open', async () => {
  const scene = await makeConformanceScene(market)
  await askAdminFor(market, `PATCH /businesses/${scene.businessId}`, { finishedChats: 'reopen' })
  const own = checks.filter(({ needs }) => needs.includes('finishedChat'))

  const results = await runSuite(own, { ...(await makeSuite(market, scene)), parallel: 1 }, () => {})

  expect(results.map(({ outcome }) => outcome.verdict)).toEqual(['held', 'notChecked'])
})

test('a finished chat is no chat to write dozens of messages into', async () => {
  const scene = await makeConformanceScene(market)

  const wrong = makeSuite(market, { ...scene, writeChat: scene.finishedChat })

  await expect(wrong).rejects.toThrow('is finished, and may take nothing')
})

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
