import { startDesk } from '#desk'
import { systemClock } from '#kit'
import { signInBy } from '../../test/support/desk-person.ts'
import { collectingLog } from '../../test/support/start-test-market.ts'
import { makeFolder, type World } from '../world/world.ts'
import type { DeskCabinet } from './gather-desk.ts'
import type { Counter } from './operators.ts'

export type Place = DeskCabinet & Counter
type Line = { url: string; hasKeys: boolean }

/** Connects a desk to each shop by a line of its own, and signs somebody in. The desk is stopped then. */
export async function connectShops(world: World, lines: readonly Line[]): Promise<{ cookie: string; places: Place[] }> {
  const running = await startDesk({
    ...{ databaseUrl: world.place.databaseUrl, filesFolder: makeFolder(), secret: 'a secret of the tests' },
    ...{ host: '127.0.0.1', port: 0, version: '0.0.0-test', clock: systemClock, log: collectingLog([]) },
  })
  try {
    const places: Place[] = []
    for (const [index, { token: apiKey, businessId, chatIds }] of world.shops.entries()) {
      const { url: baseUrl = world.url, hasKeys = true } = lines[index] ?? {}
      // The line may fail: it is asked by the market's own address, and moved then.
      const added = await running.desk.cabinets.add({ baseUrl: world.url, apiKey, businessId })
      if (added.outcome !== 'added') throw new Error(`a shop was not connected: ${added.outcome}`)
      const { cabinetId } = added.cabinet
      await world.sql`update desk.cabinets set base_url = ${baseUrl} where cabinet_id = ${cabinetId}`
      places.push({ cabinetId, businessId, chatIds, hasKeys })
    }
    const { cookie } = await signInBy(running, await running.ownerLink())
    const countChats = async () => (await world.sql`select from desk.chats`).length
    while ((await countChats()) < world.shops.length * (world.shops[0]?.chatIds.length ?? 0))
      await new Promise(resolve => setTimeout(resolve, 50))
    return { cookie, places }
  } finally {
    await running.stop()
  }
}
