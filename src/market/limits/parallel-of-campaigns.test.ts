import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { ParallelOfCampaigns } from './parallel-of-campaigns.ts'

const owners = new Map([
  [11n, 1n],
  [12n, 1n],
  [21n, 2n],
])
const makeLimit = () =>
  new ParallelOfCampaigns(2, async (businessId, campaignId) => owners.get(campaignId) === businessId)
const enter = (limit: ParallelOfCampaigns, businessId: bigint, campaignId: bigint, answer = new PassThrough()) =>
  limit.enterUntilClosed(businessId, campaignId, answer)

test('each campaign has places of its own, and an answer that closes leaves one', async () => {
  const limit = makeLimit()
  const answer = new PassThrough()
  await enter(limit, 1n, 11n, answer)
  await enter(limit, 1n, 11n)

  expect(await enter(limit, 1n, 11n)).toBe('full')
  expect(await enter(limit, 1n, 12n)).toBe('taken')
  answer.destroy()
  await expect.poll(() => enter(limit, 1n, 11n)).toBe('taken')
})

test('a campaign of another business, or of nobody, gives no place and takes none', async () => {
  const limit = makeLimit()
  for (let times = 0; times < 3; times++) {
    expect(await enter(limit, 1n, 21n)).toBe('notOwn')
    expect(await enter(limit, 1n, 999n)).toBe('notOwn')
  }

  expect(await enter(limit, 2n, 21n)).toBe('taken')
})

test('who asks for many made-up campaigns at once is stopped before they are looked for', async () => {
  const asked: bigint[] = []
  const answers = Promise.withResolvers<boolean>()
  const limit = new ParallelOfCampaigns(2, (_businessId, campaignId) => {
    asked.push(campaignId)
    return answers.promise
  })
  const entering = [1n, 2n, 3n, 4n].map(id => enter(limit, 1n, id))

  expect(await Promise.all(entering.slice(2))).toEqual(['full', 'full'])
  answers.resolve(false)
  expect(await Promise.all(entering.slice(0, 2))).toEqual(['notOwn', 'notOwn'])
  expect(asked).toEqual([1n, 2n])
})

test('without a limit nothing is counted', async () => {
  const limit = new ParallelOfCampaigns(0, async () => false)

  expect(await enter(limit, 1n, 11n)).toBe('taken')
})
