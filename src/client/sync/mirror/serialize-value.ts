/** A value as a text that is equal for equal values, whatever the order of their fields. Absent and undefined are the same. */
export function serializeValue(value: unknown): string {
  if (value instanceof Date) return `@${value.getTime()}`
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(serializeValue).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${name}:${serializeValue(field)}`).join()}}`
}
