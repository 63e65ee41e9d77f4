import { makeChance } from '#kit'
import { startBalancer } from '../test/support/balancer.ts'
import type { Proof } from './proof.ts'
import { everybody } from './world/clients.ts'
import { followAsBuyer } from './world/follower.ts'
import { MarketProcess } from './world/market-process.ts'
import { countWrites, judge, startMirror, startWork } from './world/work.ts'
import { makeWorld } from './world/world.ts'

const rounds = { quick: 2, full: 100 }
// Four times as long as the balancer needs to leave a market out: the machine may be busy with other things.
const lameDuckMs = 2_500

/** Processes with files in S3, behind a balancer that tries nothing again, restarted one after the other under load of every kind. */
export const balancer: Proof = {
  promise: 'Processes behind a balancer, restarted in turn under load, cost nobody an answer',
  async prove({ size, seed, say }) {
    const chance = makeChance('balancer', seed)
    const world = await makeWorld({ shops: 2, chats: 3, files: 's3' })
    const markets = [world.market, new MarketProcess(world.place)]
    await markets[1]?.start()
    const balancer = await startBalancer(markets.map(({ url }) => url))
    for (const { url } of markets) await balancer.finds(url, 'ready')
    world.url = balancer.url
    const mirrors = world.shops.map(shop => startMirror(world, shop))
    const followers = world.shops.map(shop => followAsBuyer(world, shop))
    const rest = startWork(world, everybody)
    for (let round = 0; round < rounds[size]; round++) {
      for (const market of markets) {
        await world.history.answeredMore(chance.between(20, 100))
        await market.stop(lameDuckMs)
        await market.start()
        await balancer.finds(market.url, 'ready')
      }
      say(`${round + 1} of ${rounds[size]} rounds of restarts …`)
    }
    await world.history.answeredMore(20)
    await rest()
    const lacking = []
    for (const follower of followers) lacking.push(...(await follower.findLacking()))
    const opened = followers.reduce((sum, follower) => sum + follower.opened(), 0)
    const requests = [...balancer.given.values()].reduce((sum, count) => sum + count, 0)
    return {
      figures: `${rounds[size] * markets.length} restarts; ${requests} requests, ${balancer.failures.length} failed; ${countWrites(world)}; streams opened ${opened} times`,
      broken: [...balancer.failures, ...lacking, ...(await judge(world, mirrors))],
    }
  },
}
