/** Chance that a seed decides: the same words of a seed, the same draws. */
export type Chance = {
  /** From 0 up to, and without, 1. */
  next(): number
  between(min: number, max: number): number
  happens(probability: number): boolean
  choose<T>(list: readonly T[]): T
  /** So many of the list, none twice, in an order by chance. */
  pick<T>(list: readonly T[], count: number): T[]
}

export function makeChance(...seed: readonly (string | number)[]): Chance {
  const next = mulberry32(hash(seed.join('/')))
  const between = (min: number, max: number) => min + next() * (max - min)
  const choose = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(next() * list.length)]
    if (item === undefined) throw new RangeError('there is nothing to choose from')
    return item
  }
  const pick = <T>(list: readonly T[], count: number): T[] => {
    const left = [...list]
    return Array.from({ length: Math.min(count, list.length) }, () =>
      left.splice(Math.floor(next() * left.length), 1),
    ).flat()
  }
  return { next, between, happens: probability => next() < probability, choose, pick }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193)
  return value >>> 0
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
