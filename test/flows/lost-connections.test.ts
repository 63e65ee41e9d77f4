import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

const rounds = 25
const writers = 6
const patienceMs = 30_000

/** Cuts every line that the server has to the database, as a failover does; the database itself stays. */
async function cutLines(): Promise<number> {
  const rows = await market.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name ~ '^prilavok [0-9]+ (market|counting)$'`
  return rows.length
}

test('whatever lines are cut under load, every request is answered, the next ones pass, and nothing answered is lost or doubled', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const url = `${market.url}/v2/businesses/${shop.businessId}/chats/message?chatId=${chatId}`
  const headers = { 'api-key': shop.token, 'content-type': 'application/json' }
  const acknowledged: string[] = []
  let sent = 0
  const post = async () => {
    const message = `письмо ${++sent}`
    const body = JSON.stringify({ message })
    const { status } = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patienceMs) })
    if (status === 200) acknowledged.push(message)
    return status
  }

  for (let round = 0; round < rounds; round++) {
    let isCut = false
    const writing = Array.from({ length: writers }, async () => {
      while (!isCut) expect([200, 503]).toContain(await post())
    })
    const before = acknowledged.length
    while (acknowledged.length < before + writers) await Promise.race([post(), ...writing])
    expect(await cutLines()).toBeGreaterThan(0)
    isCut = true
    await Promise.all(writing)
    await expect.poll(post, { timeout: patienceMs }).toBe(200)
  }
  const kept = await market.sql<{ body: string; times: number }[]>`
    select body, count(*)::integer as times from market.messages where chat_id = ${chatId} group by body`
  const times = new Map(kept.map(row => [row.body, row.times]))

  expect(acknowledged.filter(message => times.get(message) !== 1)).toEqual([])
})
