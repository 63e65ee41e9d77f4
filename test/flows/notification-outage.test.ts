import { expect, test, vi } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import { makeBusiness } from '../support/business.ts'
import { makeReceiver } from '../support/receiver.ts'
import { makeRestartablePostgres } from '../support/restartable-postgres.ts'
import { startSecond } from '../support/second-market.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'

test('an answer that comes while the database is away is written down when it is back, and nothing is told twice', async () => {
  const database = await makeRestartablePostgres()
  const errors: string[] = []
  const running = await startSecond({ databaseUrl: database.url }, errors)
  const sql = connect(database.url, { max: 1, name: 'test' })
  const shop = await makeBusiness(running)
  const receiver = await makeReceiver()
  const chatId = await shop.makeChat()
  await subscribe(sql, shop, receiver)
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  receiver.onArrival = () => gate

  for (let n = 0; n < 2; n++) await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Заказ в пути' })
  await receiver.arrived(1)
  await database.stop()
  open()
  await vi.waitFor(() => expect(countUnderWay(running.url)).resolves.toBe(0), { timeout: 30_000, interval: 20 })
  await database.startAgain()
  await receiver.arrived(2)
  await running.market.deliverer.settled()

  expect((await readDeliveries(sql, shop)).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['delivered', ['delivered']],
    ['delivered', ['delivered']],
  ])
  expect(receiver.arrivals).toHaveLength(2)
  expect(errors).toEqual([])
  await sql.end()
}, 60_000)

/** How many attempts are under way, as the process itself counts. */
async function countUnderWay(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^prilavok_delivery_attempts_in_flight (\d+)$/m.exec(text)?.[1])
}
