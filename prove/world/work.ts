import { type ChatStore, makeMemoryStore } from '#client'
import { findBroken } from '../evidence/checks.ts'
import { gather, untilDelivered } from '../evidence/gather.ts'
import { type Client, completeMirror, mirrorShop } from './clients.ts'
import type { Shop } from './shop.ts'
import type { World } from './world.ts'

/** Sets these clients to work for every shop. Returns what lets each end what it is at. */
export function startWork(world: World, clients: readonly Client[]): () => Promise<void> {
  let isOver = false
  const working = Promise.all(world.shops.flatMap(shop => clients.map(client => client(world, shop, () => isOver))))
  return async () => {
    isOver = true
    await working
  }
}

export type Mirror = {
  shop: Shop
  store: ChatStore
  /** Cuts it off, and starts it again on what its store holds. */
  interrupt(): Promise<void>
  end(): Promise<void>
}

/** A mirror of a shop that follows what comes. */
export function startMirror(world: World, shop: Shop): Mirror {
  const store = makeMemoryStore()
  let ending = new AbortController()
  const start = () => mirrorShop(world, shop, store, ending.signal)
  let running = start()
  const end = async () => {
    ending.abort()
    await running
  }
  return {
    ...{ shop, store, end },
    async interrupt() {
      await end()
      ending = new AbortController()
      running = start()
    },
  }
}

/** When all has come to rest: every promise that is broken. */
export async function judge(world: World, mirrors: readonly Mirror[]): Promise<string[]> {
  for (const mirror of mirrors) await mirror.end()
  await untilDelivered(world.sql)
  for (const { shop, store } of mirrors) await completeMirror(world, shop, store)
  return findBroken(await gather(world, mirrors))
}

/** How much was written, and how it was answered. */
export function countWrites({ history }: World): string {
  const [ok, fail, unknown] = (['ok', 'fail', 'unknown'] as const).map(outcome => history.count(outcome))
  return `${history.acts.length} writes: ${ok} answered with OK, ${fail} refused, ${unknown} without an answer`
}
