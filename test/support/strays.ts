/** What an answer has that its schema does not declare, and nulls: the published API leaves out what has no value. */
import type { Schema } from '#contract'

export function straysOf(schema: Schema, value: unknown, at = ''): string[] {
  if (value === null) return [`${at} is null`]
  if (Array.isArray(value)) return value.flatMap((item, index) => straysOf(schema.items ?? {}, item, `${at}[${index}]`))
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, item]) => {
    const property = schema.properties?.[key]
    return property ? straysOf(property, item, `${at}.${key}`) : [`${at}.${key} is not declared`]
  })
}

/** bigints as numbers, for validators that know no bigint; exactness is for other checks. */
export function withoutBigints(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(withoutBigints)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBigints(item)]))
}
