import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitText } from './split-text.ts'

test.each([
  ['short', 10, ['short']],
  ['one two three', 8, ['one two', 'three']],
  ['One. Two. Three.', 10, ['One. Two.', 'Three.']],
  ['abcdefgh\n\nij kl', 11, ['abcdefgh', 'ij kl']],
  ['abcdefghijkl', 5, ['abcde', 'fghij', 'kl']],
  ['aaa😀b', 4, ['aaa', '😀b']],
])('%s in pieces of %d is %j', (text, max, pieces) => {
  expect(splitText(text, max)).toEqual(pieces)
})

test('no piece is too long or empty, and together they have everything that was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 8, max: 40 }), (text, max) => {
      const pieces = splitText(text, max)
      const bare = (given: string) => given.replace(/\s+/g, '')
      return pieces.every(piece => piece.length <= max && piece !== '') && bare(pieces.join('')) === bare(text)
    }),
  )
})
