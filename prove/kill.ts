import { makeMemoryStore } from '#client'
import { makeChance } from '../src/kit/chance.ts'
import { makeRestartablePostgres } from '../test/support/restartable-postgres.ts'
import { findBroken } from './evidence/checks.ts'
import { gather, untilDelivered } from './evidence/gather.ts'
import type { Proof } from './proof.ts'
import { buyerWrites, completeMirror, mirrorShop, shopPolls, shopUploads, shopWrites } from './world/clients.ts'
import { makeWorld, type World } from './world/world.ts'

const rounds = { quick: 10, full: 1000 }
const clients = [shopWrites, shopWrites, shopUploads, buyerWrites, shopPolls]
const victims = ['market', 'PostgreSQL', 'mirror'] as const

/** The market, its PostgreSQL and a shop's mirror die in the middle of their work, again and again. */
export const kill: Proof = {
  promise: 'What was answered survives a kill at any moment, once; what was not answered is there at most once',
  async prove({ size, seed, say }) {
    const chance = makeChance('kill', seed)
    const postgres = await makeRestartablePostgres()
    const world = await makeWorld({ shops: 2, chats: 3, databaseUrl: postgres.url })
    const mirror = makeMirror(world)
    const kills = { market: 0, PostgreSQL: 0, mirror: 0 }
    const strike = {
      market: async () => {
        await world.market.kill()
        await world.market.start()
      },
      PostgreSQL: async () => {
        await postgres.kill()
        await postgres.startAgain()
      },
      mirror: () => mirror.interrupt(),
    }

    let isOver = false
    const working = Promise.all(world.shops.flatMap(shop => clients.map(client => client(world, shop, () => isOver))))
    for (let round = 0; round < rounds[size]; round++) {
      await world.history.answeredMore(chance.between(1, 80))
      const victim = victims[round % victims.length] ?? 'market'
      await strike[victim]()
      kills[victim]++
      say(`${round + 1} of ${rounds[size]} kills …`)
    }
    isOver = true
    await working
    await mirror.interrupt()
    await untilDelivered(world.sql)
    await completeMirror(world, mirror.shop, mirror.store)

    const { acts } = world.history
    const told = Object.entries(kills).map(([victim, count]) => `${victim} ${count}`)
    const answered = world.history.count('ok')
    return {
      figures: `kills: ${told.join(', ')}; ${acts.length} writes, ${answered} answered with OK, ${world.history.count('unknown')} not`,
      broken: findBroken(await gather(world, [mirror])),
    }
  },
}

/** A mirror of the first shop that is cut off and started again on its store. */
function makeMirror(world: World) {
  const [shop] = world.shops
  if (!shop) throw new Error('a world without shops has no mirror')
  const store = makeMemoryStore()
  let ending = new AbortController()
  let running = mirrorShop(world, shop, store, ending.signal)
  return {
    shop,
    store,
    async interrupt() {
      ending.abort()
      await running
      ending = new AbortController()
      running = mirrorShop(world, shop, store, ending.signal)
    },
  }
}
