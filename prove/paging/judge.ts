import type { Walk } from './walks.ts'

type Walked = {
  met: readonly bigint[]
  /** What matched from the first page to the last and did not move. */
  still: ReadonlySet<bigint>
  /** What matched from the first page to the last, moved or not. */
  faithful: ReadonlySet<bigint>
}

/** In which ways a walk has not met what it must have met, or has met it twice. */
export function judgeWalk(walk: Walk, { met, still, faithful }: Walked): string[] {
  const counts = new Map<bigint, number>()
  for (const id of met) counts.set(id, (counts.get(id) ?? 0) + 1)
  // getChats promises more: a chat that moved is met as well, if not where it stood.
  const wanted = walk.name === 'getChats' ? faithful : still
  const isInOrder = walk.order === 'oldest first' ? (a: bigint, b: bigint) => a < b : (a: bigint, b: bigint) => a > b
  return [
    ...[...wanted].filter(id => !counts.has(id)).map(id => `${walk.name} missed ${walk.of.slice(0, -1)} ${id}`),
    ...[...still]
      .filter(id => (counts.get(id) ?? 0) > 1)
      .map(id => `${walk.name} met ${walk.of.slice(0, -1)} ${id}, which stood still, ${counts.get(id)} times`),
    ...(walk.of === 'messages'
      ? met
          .filter((id, index) => index > 0 && !isInOrder(met[index - 1] ?? id, id))
          .map(id => `${walk.name} met message ${id} out of order`)
      : []),
  ]
}
