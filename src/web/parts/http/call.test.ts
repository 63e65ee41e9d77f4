import { expect, test } from 'vitest'
import { addressOf } from './call.ts'

test.each([
  ['/businesses/{businessId}/keys', { businessId: 9007199254740993123n }, {}, '/businesses/9007199254740993123/keys'],
  ['/customers/{publicId}', { publicId: '../a b/?' }, {}, '/customers/..%2Fa%20b%2F%3F'],
  ['/chats', {}, { status: undefined, text: '', limit: 0, isTest: false }, '/chats?limit=0&isTest=false'],
  ['/chats', {}, { text: 'a&b=я' }, '/chats?text=a%26b%3D%D1%8F'],
])('%s with %o and %o is addressed %s', (template, params, query, address) => {
  expect(addressOf(template, params, query)).toBe(address)
})
