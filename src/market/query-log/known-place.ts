import { type Operation, operations, type Schema } from '#contract'

const byName = new Map<string, Operation>(Object.entries(operations))

/**
 * Where an operation has a field that somebody may have meant by an unknown one: of the same name at another place, or of a name
 * that differs in case, in _ and -, in its plural, or in one letter. Places are written as `query.limit` and `body.contexts`.
 */
export function findKnownPlace(operation: string, unknown: string): string | undefined {
  const name = plain(unknown.slice(unknown.lastIndexOf('.') + 1))
  const places = placesOf(byName.get(operation))
  const found = places.find(place => place.name === name) ?? places.find(place => isNear(place.name, name))
  return found?.at
}

function placesOf(operation: Operation | undefined): { at: string; name: string }[] {
  return (['query', 'body'] as const).flatMap(part => {
    const { properties = {} }: Schema = operation?.[part] ?? {}
    return Object.entries(properties).flatMap(([name, { deprecated }]) =>
      deprecated ? [] : [{ at: `${part}.${name}`, name: plain(name) }],
    )
  })
}

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toLowerCase()

const longEnough = 4
const endingMax = 2

/** One letter is missing, too many, or another; or an ending is. Short names are like too many others. */
function isNear(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const more = long.length - short.length
  if (more > endingMax || short.length < longEnough) return false
  if (long.startsWith(short)) return true
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  return more <= 1 && short.slice(same + 1 - more) === long.slice(same + 1)
}
