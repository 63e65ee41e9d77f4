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
const isThere = existsSync(join(folder, 'partner/openapi.yaml'))
const reason = isThere ? '' : ` (skipped: no published schemas at ${folder}; set PRILAVOK_PUBLISHED_OPENAPI)`

describe.skipIf(!isThere)(`the published schemas${reason}`, () => {
  const market = useMarket()
  const published = () => readWithRefs(join(folder, 'partner/openapi.yaml'))

  test('say the same as /openapi.json about every operation, parameter, field and bound', async () => {
    const ours = await ask(`${market.url}/openapi.json`)
    const rows = operationRows(published())

    expect(operationRows(withoutLocalRefs(ours.body as Json))).toEqual(rows)
    expect(rows.length).toBeGreaterThan(300)
  })

  test('give every operation the same hourly limit and the same names for its parameters', () => {
    const theirs = Object.values(published()['paths'] as Record<string, Record<string, Limited>>)
      .flatMap(verbs => Object.values(verbs))
      .map(limitRow)

    expect(Object.values(operations).map(ourLimitRow).sort()).toEqual(theirs.sort())
  })
})

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
