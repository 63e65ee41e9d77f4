import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { ParallelLimit } from './parallel.ts'

test('an answer that closes leaves one place, and no other', async () => {
  const limit = new ParallelLimit<string>(3)
  const answers = [1, 2, 3].map(() => new PassThrough())
  for (const answer of answers) limit.enterUntilClosed('shop', answer)

  answers[0]?.destroy()
  await expect.poll(() => limit.enter('shop')).toBe(true)

  expect(limit.enter('shop')).toBe(false)
})
