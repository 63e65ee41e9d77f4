import type { Lane } from './lane.ts'

const prunedAtOnce = 1_000

/** Removes what is old of these lanes, so many at once that nobody has to wait for long. Returns how many. */
export async function pruneLanes(
  lanes: readonly Lane[],
  pruneSome: (lane: Lane, most: number) => Promise<[{ count: number }]>,
): Promise<number> {
  let pruned = 0
  for (const lane of lanes) {
    for (let count = prunedAtOnce; count === prunedAtOnce; pruned += count) {
      const [row] = await pruneSome(lane, prunedAtOnce)
      count = row.count
    }
  }
  return pruned
}
