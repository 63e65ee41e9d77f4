import { setTimeout as wait } from 'node:timers/promises'
import { makeChance } from '../src/kit/chance.ts'
import { type Route, readRoutes } from './api/routes.ts'
import { makeHostileCall } from './fuzz/hostile-call.ts'
import { judgeMemory } from './fuzz/judge-memory.ts'
import { speakBytes } from './fuzz/raw-bytes.ts'
import { makeScene } from './fuzz/scene.ts'
import { send, spellCall } from './fuzz/send.ts'
import { tame } from './fuzz/tame.ts'
import type { Proof } from './proof.ts'

const sizes = { quick: { requests: 3_000, connections: 200 }, full: { requests: 2_000_000, connections: 100_000 } }
const atOnce = 16
// The first part of it fills caches and pools; what is held after it must not grow any more.
const shareOfWarmUp = 0.4

/** Requests made from the APIs' own documents, most of them broken in one place or two, and bytes that are no requests. */
export const fuzz: Proof = {
  promise:
    'Whatever is sent, the market answers, with no status of 5xx, logs no error, keeps no memory of it and goes on',
  async prove({ size, seed, requests = sizes[size].requests, say }) {
    const chance = makeChance('fuzz', seed)
    const { market, known, sane } = await makeScene()
    const routes = await readRoutes(market.url)
    const statuses = new Map<number | string, number>()
    const broken: string[] = []
    const once = async () => {
      const route = chooseRoute(routes, chance.next())
      const call = tame(route, makeHostileCall(chance, route, known[route.api]))
      const status = await send(market.url, call)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (typeof status === 'string' || status >= 500)
        broken.push(`answered ${status}: ${route.name}: ${spellCall(call)}`)
    }
    const speak = async () => broken.push(...(await speakBytes(chance, sane)).broken)
    const work = async (share: number) => {
      const [calls, connections] = [Math.ceil(requests * share), Math.ceil(sizes[size].connections * share)]
      await atATime(calls, once, done => say(`${done} of ${calls} requests …`))
      await atATime(connections, speak, done => say(`${done} of ${connections} connections …`))
    }

    await work(shareOfWarmUp)
    const before = await market.measure()
    await work(1 - shareOfWarmUp)
    const memory = await judgeMemory(market, before)
    const { errors } = memory.vitals
    broken.push(
      ...memory.broken,
      ...[...before.errors, ...errors].map(line => `the market logged ${line.slice(0, 800)}`),
    )
    for (const status of [200, 201, 400, 401, 404, 405, 415])
      if ((statuses.get(status) ?? 0) === 0)
        broken.push(`control: no request was answered ${status}: they do not go where they should`)
    const told = [...statuses]
      .toSorted(([a], [b]) => `${a}`.localeCompare(`${b}`))
      .map(([status, count]) => `${status}: ${count}`)
    return {
      figures: `${requests} requests to ${routes.length} routes (${told.join(', ')}), ${sizes[size].connections} bare connections; ${memory.figures}`,
      broken,
    }
  },
}

/** The lab's own routes are chosen seldom: one snapshot costs as much as a hundred messages. */
function chooseRoute(routes: readonly Route[], next: number): Route {
  const weights: number[] = routes.map(({ api }) => (api === 'lab' ? 1 : 10))
  const wanted = next * weights.reduce((a, b) => a + b, 0)
  let passed = 0
  for (const [index, route] of routes.entries()) {
    passed += weights[index] ?? 0
    if (passed > wanted) return route
  }
  throw new Error('the market has no routes')
}

/** Does it so often, some at a time. */
async function atATime(count: number, work: () => Promise<unknown>, tell: (done: number) => void): Promise<void> {
  let begun = 0
  const worker = async () => {
    while (begun++ < count) {
      await work()
      if (begun % 100 === 0) tell(begun)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await wait(0)
}
