import { afterAll, beforeAll, expect, test } from 'vitest'
import { plants } from '../../prove/sim/plants.ts'
import { playStory } from '../../prove/sim/play.ts'
import { SimMarket } from '../../prove/sim/sim-market.ts'
import { makeStory } from '../../prove/sim/story.ts'
import { trySeeds } from '../../prove/sim/try-seeds.ts'

/** What is broken on purpose is found within so many seeds. */
const seedsAtMost = 20
const playsAtMost = 20
const stepsAtMost = 12

let market: SimMarket
beforeAll(async () => {
  market = await SimMarket.open()
})
afterAll(() => market.close())

test.each(Object.entries(plants))('%s is found, and its story is short', async (_name, { as, finds, from = 1 }) => {
  const { seeds, failed } = await trySeeds(market, { first: from, count: seedsAtMost, playsAtMost, planted: as })

  expect(seeds).toBeLessThanOrEqual(seedsAtMost)
  expect(failed?.played.broken.join('\n')).toMatch(new RegExp(finds, 'm'))
  expect(failed?.story.steps.length).toBeLessThanOrEqual(stepsAtMost)
  expect(failed?.played.lines.length).toBeGreaterThan(1)
})

test('a seed makes the same story whenever it is played, and another one another', async () => {
  const digests = []
  for (const seed of [5, 6, 5]) digests.push((await playStory(market, makeStory(seed))).digest)

  expect(digests[2]).toBe(digests[0])
  expect(digests[1]).not.toBe(digests[0])
})
