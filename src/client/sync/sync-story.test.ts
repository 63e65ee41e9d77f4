import { expect, test } from 'vitest'
import { proveStories } from '../../../test/support/sync/prove-stories.ts'

test('whatever happens and goes wrong, in the end the store has what the market has', async () => {
  const proof = await proveStories(1, 3_000)

  expect(proof.failed?.why).toBeUndefined()
  expect(proof).toMatchObject({ seeds: 3_000 })
  expect(Math.min(proof.crashes, proof.faults)).toBeGreaterThan(3_000)
}, 60_000)
