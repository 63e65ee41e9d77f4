import type { TestMarket } from '../../test/support/test-market.ts'
import type { Route } from '../api/routes.ts'
import { type Attack, attackRoute } from './attack.ts'
import { digestOf } from './digest.ts'

const attacked = ['getChats', 'sendMessageToChat', 'listSubscriptions']

/** The same with a market that takes every key and every business token for the victim's. Tells what was not noticed. */
export async function proveControl(market: TestMarket, attack: Attack, routes: readonly Route[]): Promise<string[]> {
  const { keyring, businessTokens } = market.running.market
  const { businessId } = attack.victim.scene
  const before = await digestOf(market, attack.victim)
  const find = keyring.find.bind(keyring)
  const own = { find: keyring.find, read: businessTokens.read }
  keyring.find = async token => {
    const key = await find(token)
    return key && { ...key, businessId, apiDisabled: false }
  }
  const grant = { purpose: 'business', subject: `${businessId}`, madeAfter: Number.POSITIVE_INFINITY } as const
  businessTokens.read = async () => ({ businessId, grant })
  const found = []
  for (const name of attacked) {
    const route = routes.find(one => one.name === name)
    if (route) found.push(...(await attackRoute(attack, route)).found)
  }
  Object.assign(keyring, { find: own.find })
  Object.assign(businessTokens, { read: own.read })
  const after = await digestOf(market, attack.victim)
  const isChanged = [...before].some(([table, digest]) => after.get(table) !== digest)
  const kinds = new Set(found.map(({ kind }) => kind))
  return [
    ...(['holds', 'differs'] as const)
      .filter(kind => !kinds.has(kind))
      .map(kind => `control: with keys that open the victim, no answer ${kind}`),
    ...(isChanged ? [] : ['control: with keys that open the victim, nothing of it was seen to change']),
  ]
}
