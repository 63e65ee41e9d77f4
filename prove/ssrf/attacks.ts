import { askAdmin } from '../../test/support/admin.ts'
import { makeBusiness } from '../../test/support/business.ts'
import type { Attack } from '../../test/support/ssrf-corpus.ts'
import { subscribe } from '../../test/support/subscriptions.ts'
import type { TestMarket } from '../../test/support/test-market.ts'
import type { WatchedNetwork } from './watched-network.ts'

const types = ['CHAT_MESSAGE_SENT']
const subscriptionsOfBusiness = 40

/** A literal address is refused when a subscription is made; a name that leads there is when it is tried. */
export async function attackAtTheDoor(
  market: TestMarket,
  literals: readonly Attack[],
  named: readonly (Attack & { network: WatchedNetwork })[],
): Promise<string[]> {
  const { businessId } = await makeBusiness(market)
  const path = `POST /businesses/${businessId}/subscriptions` as const
  const broken: string[] = []
  for (const { url } of literals) {
    const disabled = await askAdmin(market, path, { name: 'CRM', url, types, isEnabled: false })
    if (disabled.status !== 400) broken.push(`${JSON.stringify(url)} was taken as an address: ${disabled.status}`)
  }
  for (const { url, answers = [], network } of named) {
    network.answer(new URL(url).hostname, () => answers)
    const { status } = await askAdmin(market, path, { name: 'CRM', url, types })
    if (status !== 422 && status !== 400) broken.push(`${url}, which is ${answers}, was taken as an address: ${status}`)
  }
  return broken
}

/** As if they had been made when the rules were others: each is told of a message, and nobody is called. */
export async function attackAtDelivery(market: TestMarket, attacks: readonly Attack[]): Promise<string[]> {
  const broken: string[] = []
  for (let from = 0; from < attacks.length; from += subscriptionsOfBusiness) {
    const business = await makeBusiness(market)
    const some = attacks.slice(from, from + subscriptionsOfBusiness).filter(({ url }) => url !== '')
    for (const { url } of some) await subscribe(market.sql, business, { url, types: ['message_sent'] })
    const chatId = await business.makeChat()
    await business.call(`/chats/message?chatId=${chatId}`, { message: 'Добрый день' })
    broken.push(...(await readFailures(market, business, some)))
  }
  return broken
}

const patienceMs = 60_000
const notCalled = ['address_not_allowed', 'connection_refused']

/** Waits until each has been tried once. A name without an address is refused in other words. */
async function readFailures({ sql }: TestMarket, { businessId }: { businessId: bigint }, attacks: readonly Attack[]) {
  const until = performance.now() + patienceMs
  const read = () => sql<{ url: string; failure: string | null }[]>`
    select s.url, a.failure from market.subscriptions s
      join market.delivery_attempts a using (lane, business_id, subscription_id) where s.business_id = ${businessId}`
  let rows = await read()
  while (new Set(rows.map(({ url }) => url)).size < attacks.length && performance.now() < until) {
    await new Promise(resolve => setTimeout(resolve, 50))
    rows = await read()
  }
  const tried = new Set(rows.map(({ url }) => url))
  return [
    ...attacks
      .filter(({ url }) => !tried.has(url))
      .map(({ url }) => `${JSON.stringify(url)} was not tried in a minute`),
    ...rows
      .filter(({ failure }) => !notCalled.includes(failure ?? ''))
      .map(({ url, failure }) => `a delivery to ${JSON.stringify(url)} came to ${failure ?? 'an answer'}`),
  ]
}
