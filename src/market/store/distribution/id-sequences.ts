/** Ids are so far apart, so that each node has numbers of its own. The increment of the sequence market.ids. */
export const idStep = 32

/** The sequence of ids on one node; `last` is undefined where it is not there yet, else the last number it gave. */
export type NodeIds = { groupId: number; first: number | undefined; last: bigint | undefined }

export type NewSequence = { groupId: number; start: bigint }

/**
 * Where the sequences of the nodes that have none begin: each with a remainder of its own, above everything that was given
 * (`above`: by a node that is gone, too). Throws a RangeError when there are more nodes than remainders.
 */
export function planSequences(nodes: readonly NodeIds[], above: bigint): NewSequence[] {
  const taken = new Set(nodes.flatMap(({ first }) => (first === undefined ? [] : [first % idStep])))
  const free = Array.from({ length: idStep }, (_, remainder) => remainder).filter(remainder => !taken.has(remainder))
  const highest = nodes.reduce((most, { last }) => (last !== undefined && last > most ? last : most), above)
  const base = (highest / BigInt(idStep) + 1n) * BigInt(idStep)
  return nodes
    .filter(({ first }) => first === undefined)
    .map(({ groupId }) => {
      const remainder = free.shift()
      if (remainder === undefined) throw new RangeError(`more than ${idStep} nodes cannot have ids of their own`)
      return { groupId, start: base + BigInt(remainder) }
    })
}
