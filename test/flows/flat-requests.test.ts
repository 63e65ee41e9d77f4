import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listRequests, type RequestFilter, type RequestPosition } from '../../src/market/store/requests.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useMarket } from '../support/test-market.ts'
import { walkList } from '../support/walk-list.ts'

const market = useMarket()
const operations = ['getChat', 'getChats', 'getChatHistory']
const statuses = [101, 200, 204, 300, 302, 400, 404, 420, 499, 500]
const names = ['CRM', 'Ключ']
const texts = ['иголка', 'сено', 'ещё сено']

type Logged = {
  at: number
  requestId: bigint
  operation: string
  status: number
  integration: string
  text: string
  bytes: number
}

const anyRequest = fc.record({
  // Few moments: many requests have the same one.
  at: fc.nat(12),
  operation: fc.constantFrom(...operations, 'getChats', 'getChats'),
  status: fc.constantFrom(...statuses, 200, 200, 200),
  integration: fc.constantFrom(...names),
  text: fc.constantFrom(...texts),
  bytes: fc.integer({ min: 1, max: 9 }),
})
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const anyWalk = fc.record({
  filter: fc.record({
    operation: some(fc.constantFrom(...operations, 'getCampaigns')),
    statuses: some(
      fc.constantFrom(
        { from: 200, to: 299 },
        { from: 200, to: 200 },
        { from: 400, to: 499 },
        { from: 404, to: 404 },
        { from: 300, to: 399 },
      ),
    ),
    integration: some(fc.constantFrom(...names, 'nobody')),
    textPattern: some(fc.constantFrom('иголка', 'сено', 'nothing')),
  }),
  limit: fc.integer({ min: 1, max: 6 }),
  maxLooked: fc.integer({ min: 7, max: 20 }),
  maxBytes: fc.integer({ min: 1, max: 40 }),
})

test('requests are walked with every filter as if all of them were looked through: in order, each once, none left out', async () => {
  const shop = await makeBusiness(market)
  await makeKeys(shop)
  const other = await makeBusiness(market)

  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRequest, { minLength: 20, maxLength: 80 }),
      fc.array(anyWalk, { minLength: 8, maxLength: 8 }),
      async (requests, walks) => {
        const logged = requests.map((request, index) => ({
          ...request,
          requestId: BigInt(index % 7) + 10n * BigInt(index),
        }))
        await write(shop, logged)
        await write(other, logged)
        for (const { filter, maxBytes, ...page } of walks) {
          const found = await walkList({
            ...page,
            read: ({
              maxLooked,
              ...asked
            }: {
              before: RequestPosition | undefined
              limit: number
              maxLooked: number
            }) => listRequests(market.sql, shop.businessId, filter, { ...asked, maxRows: maxLooked, maxBytes }),
          })

          expect(found.map(({ requestId }) => requestId)).toEqual(
            logged
              .filter(one => fits(one, filter))
              .toSorted((a, b) => b.at - a.at || Number(b.requestId - a.requestId))
              .map(({ requestId }) => requestId),
          )
        }
      },
    ),
    { numRuns: 30 },
  )
}, 60_000)

function fits(one: Logged, { operation, statuses, integration, textPattern }: RequestFilter): boolean {
  return (
    (operation === undefined || one.operation === operation) &&
    (statuses === undefined || (one.status >= statuses.from && one.status <= statuses.to)) &&
    (integration === undefined || one.integration === integration) &&
    (textPattern === undefined || one.text.includes(textPattern))
  )
}

async function makeKeys({ businessId }: TestBusiness): Promise<void> {
  await market.sql`
    insert into market.api_keys (key_id, business_id, name, hash, scopes, created_at)
    select nextval('market.directory_numbers'), ${businessId}, name, name::bytea || ${`${businessId}`}::bytea, '{}', now()
      from unnest(${names.filter(name => name !== 'Ключ')}::text[]) name`
}

/** In place of what was there before. */
async function write({ businessId }: TestBusiness, logged: readonly Logged[]): Promise<void> {
  await market.sql`delete from market.requests where business_id = ${businessId}`
  await market.sql`
    insert into market.requests (lane, business_id, at, request_id, key_id, operation, method, path, status, duration_ms,
                                 trace_id, request_body, response_body, is_cut, text_bytes)
    select market.lane_of(${businessId}), ${businessId}, now() - interval '1 day' + make_interval(secs => at), id,
           coalesce((select min(k.key_id) from market.api_keys k where k.business_id = ${businessId} and k.name = integration),
                    (select min(k.key_id) from market.api_keys k where k.business_id = ${businessId})),
           operation, 'POST', '/v2', status, 1, gen_random_uuid(), case when id % 2 = 0 then said end, case when id % 2 = 1 then said end,
           false, bytes
      from unnest(${logged.map(one => one.at)}::integer[], ${logged.map(one => one.requestId)}::bigint[], ${logged.map(one => one.operation)}::text[],
                  ${logged.map(one => one.status)}::smallint[], ${logged.map(one => one.integration)}::text[],
                  ${logged.map(one => one.text)}::text[], ${logged.map(one => one.bytes)}::integer[])
             as l(at, id, operation, status, integration, said, bytes)`
}
