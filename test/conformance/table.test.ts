import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checks, choiceRows, nameOf } from '#conformance'
import { type Operation, type OperationName, operations, type Schema, scopes } from '#contract'

const compat = readFileSync(join(import.meta.dirname, '../../docs/compat.md'), 'utf8')
const rows = Array.from(compat.matchAll(/^\| (.*?) \| /gm), ([, row]) => row)

test('there are many checks, and no two of one name', () => {
  const names = checks.map(nameOf)

  expect(names.length).toBeGreaterThan(2000)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test('every choice that a check refers to is a row of docs/compat.md', () => {
  expect(choiceRows.length).toBeGreaterThan(25)
  expect(choiceRows.filter(row => !rows.includes(row))).toEqual([])
})

test('every rule is told in both languages', () => {
  const cyrillic = /[а-яё]/i

  expect(checks.filter(({ rule }) => cyrillic.test(rule.en)).map(nameOf)).toEqual([])
  expect(checks.filter(({ rule }) => !cyrillic.test(rule.ru)).map(nameOf)).toEqual([])
})

/** The matrix is made of the contract's table. Here it is held to what is published: a slip in the table must not move both. */
describe('the table of the contract has the published figures', () => {
  const reading = ['communication', 'all-methods', 'all-methods:read-only']
  const writing = ['communication', 'all-methods']
  const orders = [
    ...['all-methods', 'all-methods:read-only', 'inventory-and-order-processing'],
    ...['inventory-and-order-processing:read-only', 'finance-and-accounting'],
  ]
  const published: [name: OperationName, perHour: number, scopes: readonly string[]][] = [
    ['getChats', 5000, reading],
    ['getChat', 1000, reading],
    ['createChat', 1000, writing],
    ['getChatHistory', 10_000, reading],
    ['getChatMessage', 1000, reading],
    ['sendMessageToChat', 1000, writing],
    ['sendFileToChat', 1000, writing],
    ['getCampaigns', 1000, scopes],
    ['getCampaign', 5000, scopes],
    ['getBusinessOrders', 10_000, orders],
    ['getAuthTokenInfo', 100, scopes],
  ]
  const of = (name: OperationName): Operation => operations[name]

  test('hourly limits and scopes', () => {
    const own = Object.values(operations).map(({ name, perHour, scopes }) => [name, perHour, [...scopes]])
    expect(own).toEqual(published.map(([name, perHour, scopes]) => [name, perHour, [...scopes]]))
  })

  test('sizes of pages', () => {
    const limitOf = (name: OperationName) => {
      const { properties }: Schema = of(name).query ?? {}
      const { minimum, maximum, default: size } = properties?.['limit'] ?? {}
      return [minimum, maximum, size]
    }
    expect((['getChats', 'getChatHistory', 'getCampaigns', 'getBusinessOrders'] as const).map(limitOf)).toEqual([
      [1, 20, 10],
      [1, 100, 50],
      [1, 100, undefined],
      [1, 50, 50],
    ])
  })

  test('fields, and what is required', () => {
    const bodyOf = (name: OperationName) => Object.keys(of(name).body?.properties ?? {})
    const required = (name: OperationName) => [...(of(name).query?.required ?? [])]

    expect(bodyOf('getChats')).toEqual(['orderIds', 'contexts', 'contextTypes', 'types', 'statuses'])
    expect(bodyOf('getBusinessOrders').join(' ')).toBe(
      'orderIds externalOrderIds programTypes campaignIds statuses substatuses dates fake waitingForCancellationApprove sourcePlatforms',
    )
    for (const name of ['getChat', 'getChatHistory', 'sendMessageToChat', 'sendFileToChat'] as const)
      expect(required(name), name).toEqual(['chatId'])
    expect(required('getChatMessage')).toEqual(['chatId', 'messageId'])
  })
})
