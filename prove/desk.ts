import { makeChance } from '#kit'
import { faultKinds, startFaultProxy } from '../test/support/fault-proxy.ts'
import type { DeskEnd } from '../test/support/forked-desk.ts'
import { makeRestartablePostgres } from '../test/support/restartable-postgres.ts'
import { dismissUnknown } from './desk/caretaker.ts'
import { makeDesks } from './desk/desks.ts'
import { comesTrue, readDeskAnswers, readDeskMirror } from './desk/gather-desk.ts'
import { operate, type Written } from './desk/operators.ts'
import { connectShops, type Place } from './desk/set-up.ts'
import { checks } from './evidence/checks.ts'
import type { Evidence } from './evidence/evidence.ts'
import { gather } from './evidence/gather.ts'
import type { Proof } from './proof.ts'
import { buyerWrites } from './world/clients.ts'
import { startWork } from './world/work.ts'
import { makeWorld, type World } from './world/world.ts'

const rounds = { quick: 5, full: 500 }
const faultShare = 0.1
const operatorsPerCabinet = 2
const restMs = 60_000
const withoutDoubles = faultKinds.filter(kind => kind !== 'duplicate')

const around = (path: string, numbers: readonly number[]): DeskEnd[] =>
  numbers.flatMap(number => (['before', 'after'] as const).map(when => ({ path, number, when })))

/** Where a desk ends: at each moment of an answer, and around the calls of its outbox and its mirror. */
const ends: DeskEnd[] = [
  ...(['begun', 'answered', 'written'] as const).map(moment => ({ moment })),
  ...around('/chats/message', [1, 3]),
  ...around('/chats/history', [1, 4]),
  ...around('/chats?', [1, 2]),
]

/** People answer at two desks on one database; desks, market and PostgreSQL die, and the network loses answers. */
export const desk: Proof = {
  promise: 'What somebody answers at a desk reaches the buyer once, or the desk says that it does not know',
  async prove({ size, seed, say }) {
    const chance = makeChance('desk', seed)
    const postgres = await makeRestartablePostgres()
    const world = await makeWorld({ shops: 3, chats: 3, isTold: false, databaseUrl: postgres.url })
    const { cookie, places } = await connectShops(world, await openLines(world.url, seed))
    const desks = makeDesks(postgres.url)
    const order = chance.pick(ends, ends.length)
    const nextEnd = (round: number) => order[round % order.length]
    await desks.start(nextEnd(0))

    const taken: Written[] = []
    let isOver = false
    const means = { urls: desks.urls, cookie, isOver: () => isOver }
    const working = places.flatMap(counter =>
      Array.from({ length: operatorsPerCabinet }, (_, n) =>
        operate({ ...means, counter, onTaken: written => void taken.push(written) }, `${n} у ${counter.cabinetId}`),
      ),
    )
    const rest = startWork(world, [buyerWrites])
    let atTheirEnd = 0
    for (let round = 0; round < rounds[size]; round++) {
      const wanted = taken.length + chance.between(4, 12)
      await world.history.reaches(() => taken.length >= wanted)
      if (round % 3 === 0) await killMarket(world)
      if (round % 3 === 1) await killPostgres(postgres, world)
      if (await desks.strike()) atTheirEnd++
      await desks.start(round + 1 < rounds[size] ? nextEnd(round + 1) : undefined)
      say(`${round + 1} of ${rounds[size]} rounds …`)
    }
    isOver = true
    await Promise.all([...working, rest()])

    const evidence = await judgeable(world, { places, taken, means: { ...means, sql: world.sql } })
    const count = (state: string) => evidence.answers.filter(answer => answer.state === state).length
    return {
      figures: `${rounds[size]} times both desks killed, ${atTheirEnd} times one at a step of its work, with market or PostgreSQL; ${taken.length} answers taken: ${count('confirmed')} confirmed, ${count('unknown')} unknown`,
      broken: judge(evidence, places),
    }
  },
}

/** With keys, without, and one on which every request is doubled: where no key tells the two apart, this must be seen. */
async function openLines(target: string, seed: number) {
  const good = await startFaultProxy({ target, seed, share: faultShare })
  const keyless = { target, seed, kinds: withoutDoubles, share: faultShare, hidesIdempotency: true }
  const doubling = { target, seed, kinds: ['duplicate'] as const, share: 1, hidesIdempotency: true }
  return [
    { url: good.url, hasKeys: true },
    { url: (await startFaultProxy(keyless)).url, hasKeys: false },
    { url: (await startFaultProxy(doubling)).url, hasKeys: false },
  ]
}

async function killMarket({ market }: World): Promise<void> {
  await market.kill()
  await market.start()
}

/** Resolves when it takes connections again. */
async function killPostgres({ kill }: { kill(): Promise<void> }, { sql }: World): Promise<void> {
  await kill()
  await comesTrue(async () => (await sql`select 1`).length === 1, restMs)
}

type Left = {
  places: readonly Place[]
  taken: readonly Written[]
  means: Omit<Parameters<typeof dismissUnknown>[0], 'isOver'>
}

/** Waits until nothing is under way and the mirrors are complete, and reads what is left. */
async function judgeable(world: World, { places, taken, means }: Left): Promise<Evidence> {
  let isAtRest = false
  const caring = dismissUnknown({ ...means, isOver: () => isAtRest })
  await comesTrue(async () => {
    const [{ open }] = await world.sql<[{ open: number }]>`
      select count(*)::integer as open from desk.answers where state not in ('confirmed', 'failed', 'cancelled')`
    return open === 0
  }, restMs)
  isAtRest = true
  await caring
  const mirrors = () => Promise.all(places.map(place => readDeskMirror(world.sql, place)))
  const gathered = await gather(world)
  await comesTrue(
    async () => (checks['C7']?.find({ ...gathered, mirrors: await mirrors() }) ?? []).length === 0,
    restMs,
  )
  const answers = await Promise.all(places.map(place => readDeskAnswers(world.sql, place, taken)))
  return { ...gathered, mirrors: await mirrors(), answers: answers.flat() }
}

function judge(evidence: Evidence, places: readonly Place[]): string[] {
  const control = places.at(-1)?.businessId
  const [doubled, others] = [true, false].map(isControl => ({
    ...evidence,
    answers: evidence.answers.filter(({ businessId }) => (businessId === control) === isControl),
  }))
  const find = (name: string, seen: Evidence = evidence) =>
    (checks[name]?.find(seen) ?? []).map(line => `${name} ${line}`)
  const broken = ['C1', 'C2', 'C3', 'C7', 'C10'].flatMap(name => find(name, others))
  return find('C10', doubled).length > 0 ? broken : [...broken, 'control: a doubled answer was not seen']
}
