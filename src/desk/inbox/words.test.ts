import { expect, test } from 'vitest'
import { numberOf, wordsOf } from './words.ts'

test('the words of a search are letters and digits alone, and so many', () => {
  expect(wordsOf("  Где мой ЗАКАЗ? 'x:*' & !(a|b) <-> ёлка-2")).toEqual([
    'где',
    'мой',
    'заказ',
    'x',
    'a',
    'b',
    'ёлка',
    '2',
  ])
  expect(wordsOf(':* & | ! ()')).toEqual([])
  expect(wordsOf('а '.repeat(100))).toHaveLength(8)
  expect(wordsOf('я'.repeat(1000))[0]).toHaveLength(50)
})

test('a query that is a number is looked for as one', () => {
  expect([' 512340017 ', '№ 33', '#7'].map(numberOf)).toEqual([512340017n, 33n, 7n])
  expect(['33 34', 'a33', '', '9'.repeat(19)].map(numberOf)).toEqual([undefined, undefined, undefined, undefined])
})
