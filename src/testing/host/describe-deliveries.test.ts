import { expect, test } from 'vitest'
import { type Delivery, describeDeliveries } from './describe-deliveries.ts'

const delivery = (messageId: number, state: string, ...statuses: number[]): Delivery => ({
  ...{ deliveryId: `${messageId}`, type: 'CHAT_MESSAGE_SENT', chatId: 7, messageId, state },
  attempts: statuses.map(status => ({ outcome: 'FAILED', status })),
})

const told = (deliveries: Delivery[]) =>
  describeDeliveries({ marketId: 1, type: 'CHAT_CREATED', withinMs: 4_000 }, deliveries, new Set(['1']))
    .split('\n')
    .map(line => line.replace(/^.*→ {2}/, ''))

test('of each notification it is told what has become of it, and what it waits for', () => {
  const deliveries = [delivery(1, 'DELIVERED', 200, 500), delivery(2, 'WAITING', 500), delivery(3, 'WAITING')]

  expect(told(deliveries)).toEqual([
    'No CHAT_CREATED was taken within 4 s. What the market has told:',
    '500, 200 (expected before)',
    '500: to be tried again, advance the clock',
    'not sent yet: it waits for the one before',
  ])
  expect(told([delivery(3, 'IN_FLIGHT')]).slice(1)).toEqual(['not answered yet'])
})

test('where nothing was told, just that', () => {
  expect(told([])).toEqual(['No CHAT_CREATED was taken within 4 s. The market has told nothing.'])
})
