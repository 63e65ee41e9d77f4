import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { askLab } from '../support/lab.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })

/** Begins a request that finds a customer, and removes all customers before it has written anything of them. */
async function removeCustomersDuring<Answer>(begin: () => Promise<Answer>): Promise<Answer> {
  const { answered } = await market.sql.begin(async transaction => {
    await transaction`lock table market.customer_businesses in access exclusive mode`
    const answered = begin()
    await expect.poll(countWaiting).toBe(1)
    await transaction`delete from market.customer_businesses`
    await transaction`delete from market.customers`
    // Awaited, it would wait for this transaction.
    return { answered }
  })
  return answered
}

async function countWaiting(): Promise<number> {
  const [row] = await market.sql<[{ count: number }]>`
    select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like '%customer_businesses%'`
  return row.count
}

test('a customer who is removed while a chat is opened is not found, and no error of ours', async () => {
  const shop = await makeBusiness(market)
  const id = await shop.makeOrder()

  const answer = await removeCustomersDuring(() => shop.call('/chats/new', { context: { type: 'ORDER', id } }))

  expect(answer).toMatchObject({ status: 404, body: { status: 'ERROR', errors: [{ code: 'NOT_FOUND' }] } })
})

test('a customer who is removed while a simulated buyer is made is told of with 409', async () => {
  const { businessId } = await makeBusiness(market)

  const answer = await removeCustomersDuring(() =>
    askLab(market, 'POST /buyers', { businessId, persona: 'patient', intent: 'where-is-my-order' }),
  )

  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('removed meanwhile') } })
})
