import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BusinessId, chatEvents, maxInt64 } from '#contract'
import type { SubscriptionId } from '../store/subscriptions.ts'
import { formatDeliveryId, readDeliveryId } from './delivery-id.ts'

const id = fc.bigInt({ min: 1n, max: maxInt64 })
const anyKey = fc.record({
  businessId: id.map(value => value as BusinessId), // any number may be one
  subscriptionId: id.map(value => value as SubscriptionId), // likewise
  eventId: id,
  type: fc.constantFrom(...chatEvents),
})

test('the id of a delivery is read back as its key, and is safe in a path and a header', () => {
  fc.assert(
    fc.property(anyKey, key => {
      const text = formatDeliveryId(key)
      expect(text).toMatch(/^[\w-]+$/)
      expect(readDeliveryId(text)).toEqual(key)
    }),
  )
})

const encode = (text: string) => Buffer.from(text).toString('base64url')

test.each([
  ['nothing', ''],
  ['another word', encode('1/2/3/chat_closed')],
  ['a part less', encode('1/2/chat_created')],
  ['a part more', encode('1/2/3/chat_created/4')],
  ['a number that is none', encode('1/2/x/chat_created')],
  ['a number beyond int64', encode('1/2/9223372036854775808/chat_created')],
  ['a number spelled otherwise', encode('1/02/3/chat_created')],
  ['a nought', encode('0/2/3/chat_created')],
  ['a number below it', encode('-1/2/3/chat_created')],
  ['another base64', `${encode('1/2/3/chat_created')}==`],
  ['any text', 'не ключ'],
])('%s is no id of a delivery', (_what, text) => {
  expect(readDeliveryId(text)).toBeUndefined()
})
