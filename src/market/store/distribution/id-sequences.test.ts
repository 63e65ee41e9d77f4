import { expect, test } from 'vitest'
import { planSequences } from './id-sequences.ts'

const coordinator = { groupId: 0, first: 1, last: 3201n }

test('each node gets a remainder of its own, and begins above everything that was given', () => {
  const nodes = [
    coordinator,
    { groupId: 2, first: undefined, last: undefined },
    { groupId: 34, first: undefined, last: undefined },
  ]

  expect(planSequences(nodes, 0n)).toEqual([
    { groupId: 2, start: 3232n },
    { groupId: 34, start: 3234n },
  ])
})

test('a node that is added later takes none of the remainders there are, and begins above the ids of a node that is gone', () => {
  const nodes = [coordinator, { groupId: 5, first: 0, last: 64n }, { groupId: 9, first: undefined, last: undefined }]

  expect(planSequences(nodes, 90_000n)).toEqual([{ groupId: 9, start: 90_018n }])
})

test('nodes that have their ids are left alone', () => {
  expect(planSequences([coordinator], 90_000n)).toEqual([])
})

test('more nodes than remainders are refused', () => {
  const nodes = Array.from({ length: 33 }, (_, groupId) => ({ groupId, first: undefined, last: undefined }))

  expect(() => planSequences(nodes, 0n)).toThrow('more than 32 nodes')
})
