import { expect, test } from 'vitest'
import { proveStories } from '../../../test/support/sync/prove-stories.ts'

test('whatever happens and goes wrong, in the end the store has what the market has', async () => {
  const proof = await proveStories(1, 2_000)

  expect(proof.failed?.why).toBeUndefined()
  expect(proof).toMatchObject({ seeds: 2_000 })
  expect(Math.min(proof.crashes, proof.faults)).toBeGreaterThan(2_000)
}, 300_000)
