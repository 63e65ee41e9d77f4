import { isIP } from 'node:net'
import type { Chance } from '../../src/kit/chance.ts'
import { askAdmin, askAdminFor } from '../../test/support/admin.ts'
import { makeBusiness } from '../../test/support/business.ts'
import { forbidden4, forbidden6, publicAddresses } from '../../test/support/ssrf-corpus.ts'
import type { TestMarket } from '../../test/support/test-market.ts'
import type { WatchedNetwork } from './watched-network.ts'

const forbidden = [...forbidden4.map(([, first]) => first), ...forbidden6.filter(address => !/[A-F]/.test(address))]
const pings = 4

type Plan = { chance: Chance; count: number }

/** Names that are of a public machine at one look-up and of a forbidden one at the next, or of both at once. */
export async function proveRebinding(market: TestMarket, network: WatchedNetwork, { chance, count }: Plan) {
  const { businessId } = await makeBusiness(market)
  const path = `/businesses/${businessId}/subscriptions` as const
  const broken: string[] = []
  let lookups = 0
  for (let index = 0; index < count; index++) {
    const name = `rebinding-${index}.example`
    let said: string[] = []
    network.answer(name, () => {
      lookups++
      return said
    })
    const wanted = { name: 'CRM', url: `https://${name}/`, types: ['CHAT_CREATED'], isEnabled: false }
    const { subscription } = await askAdminFor<{ subscription: { subscriptionId: number } }>(
      market,
      `POST ${path}`,
      wanted,
    )
    for (let turn = 0; turn < pings; turn++) {
      said = chance.choose([
        [chance.choose(publicAddresses)],
        [chance.choose(forbidden)],
        [chance.choose(publicAddresses), chance.choose(forbidden)],
        [chance.choose(forbidden), chance.choose(publicAddresses), chance.choose(forbidden)],
      ])
      const before = network.dialled().length
      const { status, text } = await askAdmin(market, `POST ${path}/${subscription.subscriptionId}/ping`)
      const called = network.dialled().slice(before)
      const right = said.filter(address => isIP(address) !== 0 && publicAddresses.includes(address))
      if (called.toSorted().join() !== right.toSorted().join())
        broken.push(`${name}, which was ${said}, made the market call ${called}, not ${right}`)
      if (status >= 500 || text.includes('"isAnswered":true'))
        broken.push(`${name}, which was ${said}, was answered ${status} ${text}`)
    }
    await askAdmin(market, `DELETE ${path}/${subscription.subscriptionId}`)
  }
  return { lookups, broken }
}
