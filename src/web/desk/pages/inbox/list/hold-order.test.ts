import { expect, test } from 'vitest'
import { holdOrder } from './hold-order.ts'

type Row = { key: string; text: string }
const rows = (...keys: string[]): Row[] => keys.map(key => ({ key, text: '' }))
const hold = (shown: string[], next: string[]) => {
  const held = holdOrder(rows(...shown), rows(...next), row => row.key)
  return [held.rows.map(row => row.key).join(''), held.movedCount]
}

test.each([
  ['nothing', 'abc', 'abc', 'abc', 0],
  ['a page more', 'abc', 'abcde', 'abcde', 0],
  ['one that is gone', 'abc', 'bc', 'abc', 1],
  ['one that has climbed to the top', 'abc', 'cab', 'abc', 3],
  ['one that is new at the top', 'abc', 'xabc', 'abc', 1],
  ['everything', 'ab', 'xy', 'abxy', 2],
])('%s: %s and then %s stays %s, %d moved', (_what, shown, next, stays, moved) => {
  expect(hold([...shown], [...next])).toEqual([stays, moved])
})

test('what a row says is of now', () => {
  const held = holdOrder(rows('a', 'b'), [{ key: 'a', text: 'new' }], row => row.key)

  expect(held.rows[0]).toEqual({ key: 'a', text: 'new' })
})
