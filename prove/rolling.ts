import { makeChance } from '#kit'
import type { Proof } from './proof.ts'
import { everybody } from './world/clients.ts'
import { MarketProcess } from './world/market-process.ts'
import { countWrites, judge, startMirror, startWork } from './world/work.ts'
import { makeWorld } from './world/world.ts'

const rounds = { quick: 2, full: 200 }

/** A new process takes over under load, as in a rolling update: the old one is asked to stop when the new one answers. */
export const rolling: Proof = {
  promise: 'An update in the middle of the work costs nobody an answer',
  async prove({ size, seed, say }) {
    const chance = makeChance('rolling', seed)
    const world = await makeWorld({ shops: 2, chats: 3 })
    const mirrors = world.shops.map(shop => startMirror(world, shop))
    const rest = startWork(world, everybody)
    for (let round = 0; round < rounds[size]; round++) {
      await world.history.answeredMore(chance.between(20, 200))
      const old = world.market
      world.market = new MarketProcess(world.place)
      await world.market.start()
      await world.history.answeredMore(chance.between(1, 20))
      world.url = world.market.url
      await old.stop()
      for (const mirror of mirrors) await mirror.interrupt()
      say(`${round + 1} of ${rounds[size]} updates …`)
    }
    await world.history.answeredMore(20)
    await rest()
    const unanswered = world.history.acts.filter(({ outcome }) => outcome !== 'ok')
    return {
      figures: `${rounds[size]} updates; ${countWrites(world)}`,
      broken: [
        ...unanswered.map(({ actor, kind, outcome }) => `a ${kind} of ${actor} was ${outcome}, not answered with OK`),
        ...(await judge(world, mirrors)),
      ],
    }
  },
}
