import { problems } from '#serving'

/** PostgreSQL would take other forms of it, and refuse what is none. */
export function readUuid(text: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) throw problems.misfit('id', 'must be a UUID')
  return text.toLowerCase()
}
