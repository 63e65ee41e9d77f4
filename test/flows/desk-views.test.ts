import { expect, test } from 'vitest'
import { chatStatuses, chatTypes } from '#contract'
import { useDeskDatabase } from '../support/test-desk.ts'

const desk = useDeskDatabase()

type Chat = { type?: string; status: string; waits?: boolean; doneTo?: number }

async function viewOf({ type = 'CHAT', status, waits = false, doneTo }: Chat): Promise<string> {
  const since = waits ? new Date() : null
  const [row] = await desk.sql<[{ view: string }]>`
    select desk.view_of(${type}, ${status}, ${since}::timestamptz, 7::bigint, ${doneTo ?? null}::bigint) as view`
  return row.view
}

test.each([
  [{ status: 'WAITING_FOR_PARTNER' }, 'waiting'],
  [{ status: 'NEW', waits: true }, 'waiting'],
  [{ status: 'WAITING_FOR_CUSTOMER', waits: true }, 'waiting'],
  [{ status: 'WAITING_FOR_CUSTOMER' }, 'buyer'],
  [{ status: 'NEW' }, 'buyer'],
  [{ status: 'WAITING_FOR_MARKET' }, 'buyer'],
  [{ status: 'FINISHED', waits: true }, 'finished'],
  [{ type: 'ARBITRAGE', status: 'WAITING_FOR_PARTNER', waits: true }, 'disputes'],
  [{ type: 'ARBITRAGE', status: 'FINISHED' }, 'finished'],
  [{ status: 'WAITING_FOR_PARTNER', doneTo: 7 }, 'buyer'],
  [{ status: 'WAITING_FOR_PARTNER', doneTo: 6, waits: true }, 'waiting'],
])('a chat like %j stands in the view %s', async (chat, view) => {
  expect(await viewOf(chat)).toBe(view)
})

test('the words by which a view is decided are words of the contract', async () => {
  const views = await Promise.all(
    chatTypes.flatMap(type => chatStatuses.map(async status => `${type} ${status} ${await viewOf({ type, status })}`)),
  )

  expect(views.filter(line => line.endsWith('waiting'))).toEqual(['CHAT WAITING_FOR_PARTNER waiting'])
  expect(views.filter(line => line.endsWith('disputes'))).toHaveLength(chatStatuses.length - 1)
})
