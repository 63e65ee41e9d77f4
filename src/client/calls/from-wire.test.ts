import { expect, expectTypeOf, test } from 'vitest'
import type * as contract from '#contract'
import type * as types from '../types.ts'
import { campaignFromWire, chatFromWire, messageFromWire } from './from-wire.ts'

/** The words of an open set that are known today. */
type Known<Word> = Word extends string ? (string extends Word ? never : Word) : never

test('the words that the types name are those of the contract', () => {
  expectTypeOf<Known<types.ChatType>>().toEqualTypeOf<contract.ChatType>()
  expectTypeOf<Known<types.ChatStatus>>().toEqualTypeOf<contract.ChatStatus>()
  expectTypeOf<Known<types.OrderStatus>>().toEqualTypeOf<contract.OrderStatus>()
  expectTypeOf<Known<types.Sender>>().toEqualTypeOf<contract.Sender>()
  expectTypeOf<Known<types.ChatContext['type']>>().toEqualTypeOf<contract.ChatContextType>()
  expectTypeOf<Known<Exclude<types.Campaign['placementType'], undefined>>>().toEqualTypeOf<contract.PlacementType>()
})

test('every field of the contract has its place in the types, or is left out on purpose', () => {
  expectTypeOf<keyof contract.ChatInfo>().toEqualTypeOf<keyof types.Chat | 'orderId'>()
  expectTypeOf<keyof contract.ChatInfo['context']>().toEqualTypeOf<keyof types.ChatContext>()
  expectTypeOf<Exclude<keyof contract.ChatMessage, 'message' | 'payload'>>().toEqualTypeOf<
    Exclude<keyof types.Message, 'text' | 'files'>
  >()
  expectTypeOf<Exclude<keyof contract.Campaign, 'id' | 'domain' | 'clientId' | 'business'>>().toEqualTypeOf<
    Exclude<keyof types.Campaign, 'campaignId' | 'name' | 'businessId' | 'businessName'>
  >()
  expectTypeOf<keyof contract.BusinessOrder>().toEqualTypeOf<keyof types.Order>()
  expectTypeOf<keyof contract.BusinessOrder['delivery']>().toEqualTypeOf<keyof types.Order['delivery']>()
  expectTypeOf<keyof contract.BusinessOrder['items'][number]>().toEqualTypeOf<keyof types.OrderItem>()
})

const at = '2026-01-16T10:09:49+03:00'
const moment = new Date('2026-01-16T07:09:49Z')

test('a chat keeps its published names; its dates are dates', () => {
  const context = { type: 'ORDER', campaignId: 1n, orderId: 2n, customer: { name: 'Анна' } }
  const wire = { chatId: 3n, orderId: 2n, context, type: 'CHAT', status: 'NEW', createdAt: at, updatedAt: at }

  expect(chatFromWire(wire as contract.ChatInfo)).toEqual({
    // ids without their brands
    chatId: 3n,
    context,
    type: 'CHAT',
    status: 'NEW',
    createdAt: moment,
    updatedAt: moment,
  })
})

test('a message has a text or files, and no field for what it has not', () => {
  const wire = { messageId: 5n, createdAt: at, sender: 'CUSTOMER' }
  const read = (rest: object) => messageFromWire({ ...wire, ...rest } as contract.ChatMessage) // as above
  const base = { messageId: 5n, createdAt: moment, sender: 'CUSTOMER' }

  expect(read({ message: 'Добрый день' })).toStrictEqual({ ...base, text: 'Добрый день' })
  expect(read({ payload: [{ name: 'a.png', url: 'https://m/1', size: 9 }] })).toStrictEqual({
    ...base,
    files: [{ name: 'a.png', url: 'https://m/1', sizeBytes: 9 }],
  })
  expect(read({})).toStrictEqual(base)
})

test('a shop is named by its domain', () => {
  const wire = {
    domain: 'Лавка',
    business: { id: 7n, name: 'Кабинет' },
    placementType: 'FBS',
    apiAvailability: 'AVAILABLE',
  }
  expect(campaignFromWire(1n, wire as contract.Campaign)).toStrictEqual({
    // as above
    campaignId: 1n,
    name: 'Лавка',
    businessId: 7n,
    businessName: 'Кабинет',
    placementType: 'FBS',
    apiAvailability: 'AVAILABLE',
  })
  expect(campaignFromWire(1n, {})).toStrictEqual({ campaignId: 1n })
})
