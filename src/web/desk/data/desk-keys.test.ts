import { expect, test } from 'vitest'
import { boundBy, type DeskKey, deskKeys, firstStrokes, isOfTheBrowser, keysOf, rebind, takenBy } from './desk-keys.ts'

const keyOf = (keys: string): DeskKey => {
  const found = deskKeys.find(one => one.keys === keys)
  if (!found) throw new Error(`no act has ${keys}`)
  return found
}

test('no two acts have the same keys of themselves, and none begins with one that has two', () => {
  const all = deskKeys.map(({ keys }) => keys)

  expect(new Set(all).size).toBe(all.length)
  expect(all.filter(keys => firstStrokes([]).has(keys))).toEqual([])
})

test('keys are chosen, and by its own an act is as it was', () => {
  const chosen = rebind(keyOf('q'), 'y', rebind(keyOf('e'), 'mod+e', undefined))

  expect([keysOf(keyOf('q'), chosen), keysOf(keyOf('e'), chosen), keysOf(keyOf('r'), chosen)]).toEqual([
    'y',
    'mod+e',
    'r',
  ])
  expect(boundBy(rebind(keyOf('q'), 'q', chosen))).toEqual(new Map([['e', 'mod+e']]))
})

test('what has the keys is said, and what has left them has not', () => {
  const chosen = rebind(keyOf('q'), 'y', undefined)

  expect(takenBy('j', keyOf('q'), chosen)).toBe(keyOf('j'))
  expect(takenBy('y', keyOf('e'), chosen)).toBe(keyOf('q'))
  expect(takenBy('q', keyOf('e'), chosen)).toBeUndefined()
  expect(takenBy('y', keyOf('q'), chosen)).toBeUndefined()
})

test('what browsers keep for themselves is known', () => {
  expect(['mod+w', 'mod+c', 'mod+k', 'w'].map(isOfTheBrowser)).toEqual([true, true, false, false])
})
