import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { headers } from '#contract'
import { type Planted, playStory } from '../../prove/sim/play.ts'
import { SimMarket } from '../../prove/sim/sim-market.ts'
import { makeStory } from '../../prove/sim/story.ts'
import { trySeeds } from '../../prove/sim/try-seeds.ts'

/** What is broken on purpose is found within so many seeds. */
const seedsAtMost = 40
const playsAtMost = 30
const stepsAtMost = 12

let market: SimMarket
beforeAll(async () => {
  market = await SimMarket.open()
})
afterAll(() => market.close())

/** Happens to one text in so many. */
const isChosen = (text: string, oneIn: number) => (createHash('sha256').update(text).digest()[0] ?? 0) % oneIn === 0

const planted: Record<string, { as: Planted; finds: RegExp }> = {
  'a store that keeps the mark before the messages': {
    as: {
      store: (store, process) => ({
        ...store,
        async putMessages(chatId, messages, mark) {
          await store.putMessages(chatId, [], mark)
          await process.wait(1_000)
          return store.putMessages(chatId, messages, mark)
        },
      }),
    },
    finds: /^C7 the mirror of business \d+ lacks message/,
  },
  'a deliverer that forgets a delivery': {
    as: {
      send: send => async (target, notice) =>
        isChosen(notice.id, 4) ? { outcome: 'delivered', status: 200, durationMs: 1 } : send(target, notice),
    },
    finds: /^C5 subscription \d+ was never told of message/,
  },
  'a market that announces idempotency keys and ignores them': {
    as: {
      serve: serve => request => {
        const { [headers.idempotencyKey]: _ignored, ...others } = request.headers
        return serve({ ...request, headers: others })
      },
    },
    finds: /^C[13] a text of a shop .* is there 2 times/,
  },
  'a market that answers before it has committed, and dies in between': {
    as: {
      serve: serve => async request =>
        request.body.includes('"message"') && isChosen(request.body, 4)
          ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"status":"OK"}' }
          : serve(request),
    },
    finds: /^C1 a text of a shop .* is there 0 times/,
  },
}

test.each(Object.entries(planted))('%s is found, and its story is short', async (_name, { as, finds }) => {
  const { seeds, failed } = await trySeeds(market, { first: 1, count: seedsAtMost, playsAtMost, planted: as })

  expect(seeds).toBeLessThanOrEqual(seedsAtMost)
  expect(failed?.played.broken.join('\n')).toMatch(new RegExp(finds, 'm'))
  expect(failed?.story.steps.length).toBeLessThanOrEqual(stepsAtMost)
  expect(failed?.played.lines.length).toBeGreaterThan(1)
  console.log(_name, seeds, failed?.story.steps.length, failed?.played.broken, failed?.played.lines)
})

test('a seed makes the same story whenever it is played, and another one another', async () => {
  const digests = []
  for (const seed of [5, 6, 5]) digests.push((await playStory(market, makeStory(seed))).digest)

  expect(digests[2]).toBe(digests[0])
  expect(digests[1]).not.toBe(digests[0])
})
