import { makeBusiness } from '../../test/support/business.ts'
import { spellAnswer, startRawReceiver } from '../../test/support/raw-receiver.ts'
import { whenOver } from '../../test/support/run-context.ts'
import { subscribe } from '../../test/support/subscriptions.ts'
import { openMarket } from '../../test/support/test-market.ts'

const statuses = [
  '301 Moved Permanently',
  '302 Found',
  '303 See Other',
  '307 Temporary Redirect',
  '308 Permanent Redirect',
]

/** A shop's server that may be called sends the market elsewhere: it does not go, whatever the status. */
export async function proveRedirects(): Promise<{ count: number; broken: string[] }> {
  const { market, close } = await openMarket({ arePrivateWebhooksAllowed: true })
  whenOver(close)
  const business = await makeBusiness(market)
  const chatId = await business.makeChat()
  const trap = await startRawReceiver()
  const places = [trap.url, `//127.0.0.1:${trap.port}/`, '/elsewhere']
  const pairs = statuses.flatMap(status => places.map(location => ({ status, location })))
  const shops = []
  for (const { status, location } of pairs) {
    const answer = spellAnswer({ status, headers: { location, refresh: `0; url=${trap.url}` } })
    const shop = await startRawReceiver({ respond: socket => socket.write(answer) })
    await subscribe(market.sql, business, { url: shop.url, types: ['message_sent'] })
    shops.push({ status, location, shop })
  }
  await business.call(`/chats/message?chatId=${chatId}`, { message: 'Добрый день' })
  await Promise.all(shops.map(({ shop }) => shop.received(1)))
  const broken =
    trap.connections.length > 0 ? [`${trap.connections.length} redirects led into the trap: ${trap.requests[0]}`] : []
  for (const { status, location, shop } of shops)
    if (shop.requests.length > 1)
      broken.push(`${status} to ${location} was followed: ${shop.requests[1]?.slice(0, 200)}`)
  return { count: pairs.length, broken }
}
