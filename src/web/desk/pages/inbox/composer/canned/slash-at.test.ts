import { expect, test } from 'vitest'
import { slashAt } from './slash-at.ts'

test.each([
  ['/', 1, { index: 0, wanted: '' }],
  ['Здравствуйте! /дос', 18, { index: 14, wanted: 'дос' }],
  ['a\n/b', 4, { index: 2, wanted: 'b' }],
  ['и/или', 5, undefined],
  ['http://a', 8, undefined],
  ['/ нет', 5, undefined],
  ['/a\nb', 4, undefined],
  ['', 0, undefined],
])('in %j at %d a search begins at %j', (text, caret, found) => {
  expect(slashAt(text, caret)).toEqual(found)
})
