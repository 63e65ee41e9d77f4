import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  NotificationAnswer,
  NotificationError,
  notifications,
  notificationTypes,
  type Operation,
  operations,
} from '#contract'
import { ask } from '../support/http.ts'
import { type Json, operationRows, readWithRefs, schemaRows, withoutLocalRefs } from '../support/openapi-rows.ts'
import { useMarket } from '../support/test-market.ts'

const folder =
  process.env['PRILAVOK_PUBLISHED_OPENAPI'] ?? resolve(import.meta.dirname, '../../../shared/contract/openapi')
const compat = readFileSync(join(import.meta.dirname, '../../docs/compat.md'), 'utf8')
const isThere = existsSync(join(folder, 'partner/openapi.yaml'))
const reason = isThere ? '' : ` (skipped: no published schemas at ${folder}; set PRILAVOK_PUBLISHED_OPENAPI)`

describe.skipIf(!isThere)(`the published schemas${reason}`, () => {
  const market = useMarket()
  const published = () => readWithRefs(join(folder, 'partner/openapi.yaml'))
  const publishedOrders = () => readWithRefs(join(folder, 'partner/orders.yaml'))
  const isOfOrders = (row: string) => row.startsWith('getBusinessOrders')

  test('say the same as /openapi.json about every operation, parameter, field and bound', async () => {
    const ours = await ask(`${market.url}/openapi.json`)
    const rows = operationRows(published())

    expect(operationRows(withoutLocalRefs(ours.body as Json)).filter(row => !isOfOrders(row))).toEqual(rows)
    expect(rows.length).toBeGreaterThan(300)
  })

  test('say the same of orders, save for optional fields that docs/compat.md names', async () => {
    const { body } = await ask(`${market.url}/openapi.json`)
    const ours = operationRows(withoutLocalRefs(body as Json)).filter(isOfOrders)
    const theirs = operationRows(publishedOrders())
    const leftOut = theirs.filter(row => !ours.includes(row))
    const [named = ''] = /^\| fields of an order that are left out .*/m.exec(compat) ?? []

    expect(ours.filter(row => !theirs.includes(row))).toEqual([])
    for (const row of leftOut.filter(row => !leftOut.some(other => isWithin(row, other)))) {
      expect(row).toMatch(/^getBusinessOrders 200\.orders\[\]\.\S+: optional /)
      expect(named).toMatch(new RegExp(`\\b${/\w+(?=: )/.exec(row)?.[0]}\\b`))
    }
    expect(ours.length).toBeGreaterThan(60)
  })

  test('give every operation the same hourly limit and the same names for its parameters', () => {
    const theirs = [published(), publishedOrders()]
      .flatMap(({ paths }) => Object.values(paths as Record<string, Record<string, Limited>>)) // as OpenAPI has it
      .flatMap(verbs => Object.values(verbs))
      .map(limitRow)

    expect(Object.values(operations).map(ourLimitRow).sort()).toEqual(theirs.sort())
  })
})

/** Whether a row is of a field below that of the other. */
function isWithin(row: string, other: string): boolean {
  const [place = '', above = ''] = [row, other].map(each => each.slice(0, each.indexOf(': ')))
  return place.startsWith(`${above}.`) || place.startsWith(`${above}[]`)
}

/** The parts of a published operation that OpenAPI has no place for. */
type Limited = {
  operationId: string
  'x-resource-limit-config': { medium: { amount: number; period: string; 'period-duration': number } }
  parameters?: { name: string; 'x-aliases'?: string[] }[]
}

function limitRow({ operationId, parameters = [], ...rest }: Limited): string {
  const { amount, period, 'period-duration': duration } = rest['x-resource-limit-config'].medium
  const aliases = parameters.flatMap(({ name, 'x-aliases': all = [] }) =>
    all.filter(alias => alias !== name).map(alias => `${alias} is ${name}`),
  )
  return [operationId, amount, 'in', duration, period, ...aliases].join(' ')
}

function ourLimitRow({ name, perHour, aliases = {} }: Operation): string {
  return [name, perHour, 'in 1 hours', ...Object.entries(aliases).map(([alias, own]) => `${alias} is ${own}`)].join(' ')
}

describe.skipIf(!isThere)(`the published notifications${reason}`, () => {
  const schemas = join(folder, 'notification/components/schemas')
  const read = (name: string) => readWithRefs(join(schemas, `${name}.yaml`))

  test.each(notificationTypes)('%s has the published fields', type => {
    const mapping = parse(readFileSync(join(schemas, 'SendNotificationRequest.yaml'), 'utf8')).discriminator.mapping
    const theirs = read(mapping[type].replace(/^\.\/|\.yaml$/g, ''))
    // Which notification it is: their list of all kinds, ours of this one. PING: they promise nothing, we both fields.
    const isKind = (row: string) => row.startsWith('.notificationType')
    const promise = (row: string) => (type === 'PING' ? row.replace('optional', 'required') : row)

    const rows = schemaRows('', notifications[type]).filter(row => !isKind(row))
    expect(rows.sort()).toEqual(
      schemaRows('', theirs)
        .filter(row => !isKind(row))
        .map(promise)
        .sort(),
    )
    expect(schemaRows('', notifications[type]).filter(isKind)).toEqual([
      `.notificationType: required string of ${type}`,
    ])
    expect(schemaRows('', theirs).find(isKind)).toMatch(new RegExp(`\\b${type}\\b`))
  })

  test.each([
    ['SendNotificationResponse', NotificationAnswer],
    ['SendNotificationErrorResponse', NotificationError],
  ])('%s has the published fields', (name, ours) => {
    expect(schemaRows('', ours).sort()).toEqual(schemaRows('', read(name)).sort())
  })
})
