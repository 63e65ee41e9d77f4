import { makeChance } from '#kit'
import type { Proof } from './proof.ts'
import { everybody } from './world/clients.ts'
import { countWrites, judge, startMirror, startWork } from './world/work.ts'
import { makeWorld } from './world/world.ts'

const rounds = { quick: 8, full: 2000 }
const hourMs = 3_600_000
const jumpsMs = [
  1000,
  -1000,
  60_000,
  -60_000,
  hourMs,
  -hourMs,
  24 * hourMs,
  -24 * hourMs,
  14 * 24 * hourMs,
  -14 * 24 * hourMs,
]

/** The clock of the market's machine jumps ahead and back while everybody works. */
export const clock: Proof = {
  promise: 'A clock that jumps loses, doubles and reorders nothing, and gives up no subscription',
  async prove({ size, seed, say }) {
    const chance = makeChance('clock', seed)
    const world = await makeWorld({ shops: 2, chats: 3 })
    const mirrors = world.shops.map(shop => startMirror(world, shop))
    const rest = startWork(world, everybody)
    for (let round = 0; round < rounds[size]; round++) {
      await world.history.answeredMore(chance.between(5, 60))
      await world.market.moveClock(chance.choose(jumpsMs))
      say(`${round + 1} of ${rounds[size]} jumps …`)
    }
    await world.history.answeredMore(20)
    await rest()
    const lost = await world.sql<{ state: string }[]>`select state from market.subscriptions where state <> 'enabled'`
    return {
      figures: `${rounds[size]} jumps between a second and 14 days; ${countWrites(world)}`,
      broken: [...lost.map(({ state }) => `a subscription is ${state}`), ...(await judge(world, mirrors))],
    }
  },
}
