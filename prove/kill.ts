import { makeChance } from '#kit'
import { makeRestartablePostgres } from '../test/support/restartable-postgres.ts'
import type { Proof } from './proof.ts'
import { everybody } from './world/clients.ts'
import { countWrites, judge, startMirror, startWork } from './world/work.ts'
import { makeWorld } from './world/world.ts'

const rounds = { quick: 10, full: 1000 }
const victims = ['market', 'PostgreSQL', 'mirror'] as const

/** The market, its PostgreSQL and the shops' mirrors die in the middle of their work, again and again. */
export const kill: Proof = {
  promise: 'What was answered is there once, whatever was killed; what was not answered is there at most once',
  async prove({ size, seed, say }) {
    const chance = makeChance('kill', seed)
    const postgres = await makeRestartablePostgres()
    const world = await makeWorld({ shops: 2, chats: 3, databaseUrl: postgres.url })
    const mirrors = world.shops.map(shop => startMirror(world, shop))
    const strike = {
      market: async () => {
        await world.market.kill()
        await world.market.start()
      },
      PostgreSQL: () => postgres.kill(),
      mirror: async () => {
        for (const mirror of mirrors) await mirror.interrupt()
      },
    }

    const rest = startWork(world, everybody)
    for (let round = 0; round < rounds[size]; round++) {
      await world.history.answeredMore(chance.between(1, 80))
      await strike[victims[round % victims.length] ?? 'market']()
      say(`${round + 1} of ${rounds[size]} kills …`)
    }
    await rest()
    return {
      figures: `${rounds[size]} kills of market, PostgreSQL and mirrors in turn; ${countWrites(world)}`,
      broken: await judge(world, mirrors),
    }
  },
}
