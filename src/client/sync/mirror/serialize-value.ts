/** A text that is equal for equal values, in whatever order their fields are. An absent field equals undefined. */
export function serializeValue(value: unknown): string {
  if (value instanceof Date) return `@${value.getTime()}`
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(serializeValue).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${name}:${serializeValue(field)}`).join()}}`
}
