import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { makeChance } from '#kit'
import { readParent } from '../test/support/postgres-processes.ts'
import { makeRestartablePostgres } from '../test/support/restartable-postgres.ts'
import type { Proof } from './proof.ts'
import { everybody } from './world/clients.ts'
import { MarketProcess } from './world/market-process.ts'
import { countWrites, judge, startMirror, startWork } from './world/work.ts'
import { makeWorld } from './world/world.ts'

const rounds = { quick: 2, full: 60 }
// Longer than a lane's lease: the other process takes the frozen one's deliveries over.
const frozenMs = { market: 4000, PostgreSQL: { quick: 1500, full: 25_000 } }

/** Two markets on one PostgreSQL: one of the three stands still for a while and goes on, as a paused machine does. */
export const freeze: Proof = {
  promise: 'Whoever was frozen and wakes up changes nothing that others have done meanwhile',
  async prove({ size, seed, say }) {
    const chance = makeChance('freeze', seed)
    const postgres = await makeRestartablePostgres()
    const world = await makeWorld({ shops: 2, chats: 3, databaseUrl: postgres.url })
    const second = new MarketProcess(world.place)
    await second.start()
    const mirrors = world.shops.map(shop => startMirror(world, shop))
    const rest = startWork(world, everybody)
    for (let round = 0; round < rounds[size]; round++) {
      await world.history.answeredMore(chance.between(20, 200))
      if (round % 2 === 0) {
        world.market.signal('SIGSTOP')
        world.url = second.url
        await wait(frozenMs.market)
        world.market.signal('SIGCONT')
        world.url = world.market.url
      } else await freezePostgres(postgres.pid(), frozenMs.PostgreSQL[size])
      say(`${round + 1} of ${rounds[size]} frozen …`)
    }
    await world.history.answeredMore(20)
    await rest()
    return {
      figures: `${rounds[size]} freezes of a market and of PostgreSQL in turn; ${countWrites(world)}`,
      broken: await judge(world, mirrors),
    }
  },
}

/** All of its processes. */
async function freezePostgres(pid: number, ms: number): Promise<void> {
  const family = [pid, ...listChildren(pid)]
  for (const each of family) send(each, 'SIGSTOP')
  await wait(ms)
  for (const each of family) send(each, 'SIGCONT')
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // A child of it that has ended meanwhile.
  }
}

function listChildren(parent: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => readParent(pid) === parent)
}
