import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chatStatuses, chatTypes, inside, maxInt64 } from '#contract'
import { type ChatState, chatEvents, nextState } from '../../src/market/chats/transitions.ts'
import { laneOf } from '../../src/market/store/lane.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

const states: ChatState[] = chatTypes.flatMap(type =>
  chatStatuses.map(status => ({ type: inside(type), status: inside(status) })),
)
const cells = states.flatMap(state => chatEvents.map(event => ({ state, event })))

describe('what becomes of a chat', () => {
  test('is the same in SQL and in TypeScript, in every cell', async () => {
    const rows = await market.sql<{ next: string | null }[]>`
      select market.next_state(type, status, event) as next
        from unnest(${cells.map(cell => cell.state.type)}::text[], ${cells.map(cell => cell.state.status)}::text[],
                    ${cells.map(cell => cell.event)}::text[]) with ordinality as c(type, status, event, i) order by i`

    const ours = cells.map(({ state, event }) => nextState(state, event))
    expect(cells).toHaveLength(2 * 6 * 11)
    expect(rows.map(row => row.next)).toEqual(ours.map(next => (next ? `${next.type}/${next.status}` : null)))
  })

  test.each(states)('in $type/$status everybody may write', state => {
    for (const event of ['partner_writes', 'customer_writes', 'support_writes', 'market_writes'] as const) {
      expect(nextState(state, event), event).toBeDefined()
    }
  })

  test.each(states)('in $type/$status automatic messages change nothing', state => {
    expect(nextState(state, 'market_writes')).toEqual(state)
    expect(nextState(state, 'support_writes')).toEqual(state)
  })

  test.each(states)('in $type/$status nothing leads back to new, and only an end to finished', state => {
    for (const event of chatEvents) {
      const next = nextState(state, event)
      if (next && next.status !== state.status) expect(next.status, event).not.toBe('new')
      if (next?.status === 'finished' && state.status !== 'finished')
        expect(['closed', 'dispute_finished']).toContain(event)
    }
  })

  test('in a conversation whoever writes waits for the other', () => {
    for (const state of states.filter(({ type, status }) => type === 'chat' || status === 'finished')) {
      expect(nextState(state, 'partner_writes')).toEqual({ type: 'chat', status: 'waiting_for_customer' })
      expect(nextState(state, 'customer_writes')).toEqual({ type: 'chat', status: 'waiting_for_partner' })
    }
  })

  test('in a dispute whoever writes waits for the arbiter, until it is finished', () => {
    for (const state of states.filter(({ type, status }) => type === 'arbitrage' && status !== 'finished')) {
      for (const event of ['partner_writes', 'customer_writes', 'asks_arbiter'] as const) {
        expect(nextState(state, event)).toEqual({ type: 'arbitrage', status: 'waiting_for_arbiter' })
      }
      expect(nextState(state, 'dispute_finished')).toEqual({ type: 'arbitrage', status: 'finished' })
      expect(nextState(state, 'dispute_opened')).toBeUndefined()
      expect(nextState(state, 'closed')).toBeUndefined()
    }
  })

  test('a dispute opens from any conversation, and a finished dispute does not open again', () => {
    for (const state of states.filter(({ type }) => type === 'chat')) {
      expect(nextState(state, 'dispute_opened')).toEqual({ type: 'arbitrage', status: 'waiting_for_arbiter' })
    }
    expect(nextState({ type: 'arbitrage', status: 'finished' }, 'dispute_opened')).toBeUndefined()
  })
})

test('the lane of a business is the same in SQL and in TypeScript', async () => {
  const chance = fc.sample(fc.bigInt({ min: 1n, max: maxInt64 }), 9_990)
  const ids = [1n, 2n, 63n, 64n, 65n, 1_000_002n, 1_000_003n, 1_000_004n, maxInt64 - 1n, maxInt64, ...chance]
  const rows = await market.sql<{ lane: number }[]>`
    select market.lane_of(id) as lane from unnest(${ids}::bigint[]) with ordinality as i(id, n) order by n`

  expect(rows).toHaveLength(10_000)
  expect(rows.map(row => row.lane)).toEqual(ids.map(laneOf))
  expect(new Set(rows.map(row => row.lane)).size).toBe(64)
  expect(Math.max(...rows.map(row => row.lane))).toBe(63)
})

describe('market.take_ids', () => {
  const take = async (count: number, floor: bigint) => {
    const [row] = await market.sql<[{ ids: bigint[] }]>`select market.take_ids(${count}, ${floor}) as ids`
    return row.ids
  }

  test('gives as many as are asked for, rising, above the floor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.integer({ min: -50, max: 5_000 }), async (count, ahead) => {
        const [now = 0n] = await take(1, 0n)
        const floor = now + BigInt(ahead)
        const ids = await take(count, floor < 0n ? 0n : floor)

        expect(ids).toHaveLength(count)
        expect(ids.every((id, index) => id > (ids[index - 1] ?? floor))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('gives none twice to callers of one moment, however far they jump', async () => {
    const [now = 0n] = await take(1, 0n)
    const calls = Array.from({ length: 200 }, (_call, i) => take(1 + (i % 5), i % 3 === 0 ? now + BigInt(i * 40) : 0n))
    const ids = (await Promise.all(calls)).flat()

    expect(new Set(ids).size).toBe(ids.length)
  })

  test('catches up with a floor that is a million ids ahead', async () => {
    const [now = 0n] = await take(1, 0n)
    const [id = 0n] = await take(1, now + 32_000_000n)

    expect(id).toBeGreaterThan(now + 32_000_000n)
    expect(id).toBeLessThan(now + 33_000_000n)
  })
})

test('items under the names of another version are an error: they would look like chats and deliveries that are not there', async () => {
  const items = JSON.stringify([{ b: '1', c: '1', e: 'partner_writes' }])
  const post = market.sql`select * from market.post_messages(null, now(), ${items}::text::json)`
  const work = market.sql`
    select * from market.work_subscriptions(null, gen_random_uuid(), now(), now(), ${items}::text::json)`

  await expect(post).rejects.toThrow('items without a business')
  await expect(work).rejects.toThrow('an item without a business')
})
