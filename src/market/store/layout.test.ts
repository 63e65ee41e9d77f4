import { expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import { type Lane, laneOf, lanes } from './lane.ts'
import { byBatchLane, type Layout, ofEachShard, plain } from './layout.ts'

/** Two shards, of the even and of the odd lanes. */
const ofTwo: Layout = { ...plain, isDistributed: true, batchLanes: lanes.map(lane => (lane % 2) as Lane) }
const ids = Array.from({ length: 40 }, (_, n) => BigInt(n + 1) as BusinessId)
const items = ids.map(businessId => ({ businessId }))

test('on one PostgreSQL everything goes together', () => {
  expect(byBatchLane(plain, items)).toEqual(new Map([[null, items]]))
})

test('on a cluster what goes together is of one shard, and the first lane of the shard says of which', () => {
  const batches = byBatchLane(ofTwo, items)

  expect([...batches.keys()].toSorted()).toEqual([0, 1])
  for (const [first, batch] of batches)
    expect(new Set(batch.map(({ businessId }) => laneOf(businessId) % 2))).toEqual(new Set([first]))
  expect([...batches.values()].flat()).toHaveLength(items.length)
})

test('each shard is asked for its own businesses, and all rows come back', async () => {
  const asked: number[] = []
  const rows = await ofEachShard(ofTwo, ids, async batch => {
    asked.push(batch.length)
    return batch
  })

  expect(asked).toHaveLength(2)
  expect(rows.toSorted((a, b) => Number(a - b))).toEqual(ids)
})
