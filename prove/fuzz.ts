import { makeChance } from '../src/kit/chance.ts'
import { askLabFor } from '../test/support/lab.ts'
import { type Route, readRoutes } from './api/routes.ts'
import { makeHostileCall } from './fuzz/hostile-call.ts'
import { speakBytes } from './fuzz/raw-bytes.ts'
import { makeScene } from './fuzz/scene.ts'
import { send, spellCall } from './fuzz/send.ts'
import { tame } from './fuzz/tame.ts'
import type { Proof } from './proof.ts'
import { judgeMemory } from './world/judge-memory.ts'

const sizes = { quick: { requests: 3_000, connections: 120 }, full: { requests: 2_000_000, connections: 100_000 } }
const atOnce = 16
const requestsOfControl = 100
// The first part of it fills caches and pools; what is held after it must not grow any more.
const shareOfWarmUp = 0.4

/** Requests made from the APIs' own documents, most of them broken in one place or two, and bytes that are no requests. */
export const fuzz: Proof = {
  promise:
    'Whatever is sent, the market answers, with no status of 5xx, logs no error, keeps no memory of it and goes on',
  async prove({ size, seed, count: requests = sizes[size].requests, say }) {
    const { market, known, sane } = await makeScene()
    // Whoever revokes the tokens of all asks nothing more: the rest would be refused at the door.
    const routes = (await readRoutes(market.url)).filter(({ path }) => !path.startsWith('/admin/v1/tokens/'))
    const weighed = weigh(routes)
    const statuses = new Map<number | string, number>()
    const broken: string[] = []
    // Each by its number: with the same seed it is the same, whoever else is under way.
    const once = async (number: number, { among = weighed, into = broken, knowing = known } = {}) => {
      const chance = makeChance('request', seed, number)
      const route = chance.choose(among)
      const call = tame(route, makeHostileCall(chance, route, knowing[route.api]))
      const status = await send(market.url, call)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (typeof status === 'string' || status >= 500)
        into.push(`request ${number} was answered ${status}: ${route.name}: ${spellCall(call)}`)
    }
    const speak = async (number: number) => {
      broken.push(...(await speakBytes(makeChance('bytes', seed, number), sane)).broken)
    }
    const { connections } = sizes[size]
    const work = async (from: number, to: number) => {
      const all = { from: requests * from, to: requests * to }
      await atATime(all, { work: number => once(number), tell: done => say(`${done} of ${requests} requests …`) })
      const bare = { from: connections * from, to: connections * to }
      await atATime(bare, { work: speak, tell: done => say(`${done} of ${connections} connections …`) })
    }

    await work(0, shareOfWarmUp)
    const before = await market.measure()
    await work(shareOfWarmUp, 1)
    const memory = await judgeMemory(market, before)
    const { errors } = memory.vitals
    broken.push(
      ...memory.broken,
      ...[...before.errors, ...errors].map(line => `the market logged ${line.slice(0, 800)}`),
    )
    const counted = [...statuses]
    const planted: string[] = []
    const published = routes.filter(({ api }) => api === 'published')
    // What was asked for before may have taken away the keys of its business; nobody has those of the other.
    const untouched = { ...known, published: sane.known }
    await askLabFor(market, 'POST /faults', { target: 'api', fault: 'answer-500' })
    await atATime(
      { from: requests, to: requests + requestsOfControl },
      { work: number => once(number, { among: published, into: planted, knowing: untouched }), tell() {} },
    )
    if (planted.length === 0) broken.push('control: a lab that answers 500 was not noticed')
    for (const status of [200, 201, 400, 401, 404, 405, 415])
      if ((statuses.get(status) ?? 0) === 0)
        broken.push(`control: no request was answered ${status}: they do not go where they should`)
    const told = counted
      .toSorted(([a], [b]) => `${a}`.localeCompare(`${b}`))
      .map(([status, count]) => `${status}: ${count}`)
    return {
      figures: `${requests} requests to ${routes.length} routes (${told.join(', ')}), ${connections} bare connections; ${memory.figures}`,
      broken,
    }
  },
}

/** The lab's own routes are chosen seldom: one snapshot costs as much as a hundred messages. */
function weigh(routes: readonly Route[]): Route[] {
  return routes.flatMap(route => Array<Route>(route.api === 'lab' ? 1 : 10).fill(route))
}

type Work = { work(number: number): Promise<unknown>; tell(done: number): void }

/** Does it for each number of a range, some at a time. */
async function atATime(range: { from: number; to: number }, { work, tell }: Work): Promise<void> {
  let next = Math.round(range.from)
  const worker = async () => {
    for (let number = next++; number < range.to; number = next++) {
      await work(number)
      if (number % 100 === 0) tell(number)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
