import { expect, test } from 'vitest'
import { Slots } from './slots.ts'

type Kind = Parameters<Slots['enter']>[0]

/** Who got in, in their order. */
function makeQueue(slots: Slots) {
  const inside: string[] = []
  const enter = async (name: string, kind: Kind) => {
    await slots.enter(kind)
    inside.push(name)
  }
  return { inside, enter: (name: string, kind: Kind) => void enter(name, kind) }
}

/** Everything that could go on has gone on. */
const turns = () => new Promise(resolve => setImmediate(resolve))

test('as many enter as there are slots; who leaves lets the next one in, in the order of coming', async () => {
  const slots = new Slots(2)
  const { inside, enter } = makeQueue(slots)
  for (const name of ['a', 'b', 'c', 'd']) enter(name, 'healthy')
  await turns()
  expect(inside).toEqual(['a', 'b'])
  expect(slots.isCrowded).toBe(true)

  slots.leave('healthy')
  slots.leave('healthy')
  await turns()

  expect(inside).toEqual(['a', 'b', 'c', 'd'])
  expect(slots.isCrowded).toBe(false)
})

test('those who failed before have half of the slots, whatever is free', async () => {
  const slots = new Slots(4)
  const { inside, enter } = makeQueue(slots)
  for (const name of ['f1', 'f2', 'f3']) enter(name, 'failing')
  await turns()
  // A slot more would not help the one who waits: nobody has to make room.
  expect([inside, slots.isCrowded]).toEqual([['f1', 'f2'], false])

  for (const name of ['h1', 'h2', 'h3']) enter(name, 'healthy')
  await turns()
  expect(inside).toEqual(['f1', 'f2', 'h1', 'h2'])
  slots.leave('failing')
  await turns()

  expect(inside).toEqual(['f1', 'f2', 'h1', 'h2', 'h3'])
})

test('one who failed before gets in after a few others, also while those always want everything', async () => {
  const slots = new Slots(4)
  let turnsOfOthers = 0
  let isIn = false
  const others = Array.from({ length: 6 }, async () => {
    while (!isIn && turnsOfOthers < 100) {
      await slots.enter('healthy')
      turnsOfOthers++
      slots.leave('healthy')
    }
  })
  await slots.enter('failing').then(() => {
    isIn = true
  })
  await Promise.all(others)

  expect(turnsOfOthers).toBeLessThan(20)
})
