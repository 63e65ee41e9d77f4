import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PageTokens } from './page-token.ts'

const tokens = new PageTokens(Buffer.from('a secret'))
const owner = fc.tuple(
  fc.constantFrom('getChats', 'getChatHistory'),
  fc.bigInt(),
  fc.dictionary(fc.string(), fc.string()),
)
const place = fc.array(fc.string({ unit: 'binary' }))

test('a token opens to the place it was made of', () => {
  fc.assert(
    fc.property(owner, place, (of, at) => {
      // What JSON cannot carry (halves of surrogate pairs) becomes what it can.
      expect(tokens.open(of, tokens.seal(of, at))).toEqual(at.map(text => text.toWellFormed()))
    }),
  )
})

test('a token is a word that needs no escaping in an address', () => {
  fc.assert(
    fc.property(owner, place, (of, at) => {
      expect(tokens.seal(of, at)).toMatch(/^[\w-]+$/)
    }),
  )
})

test('a token with any bit changed opens to nothing', () => {
  const of = ['getChats', 7n, {}]
  const token = tokens.seal(of, ['newest', '741:743:742', '12'])
  const bytes = Buffer.from(token, 'base64url')

  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(tokens.open(of, changed.toString('base64url')), `bit ${bit}`).toBeUndefined()
  }
})

test('a token with any character changed, left out or added opens to nothing', () => {
  const of = ['getChats', 7n, {}]
  const token = tokens.seal(of, ['moved', '741:743:742', '12'])

  for (let at = 0; at <= token.length; at++) {
    for (const piece of ['A', '_', '=', ' ', '']) {
      for (const cut of [0, 1]) {
        const changed = token.slice(0, at) + piece + token.slice(at + cut)
        if (changed !== token) expect(tokens.open(of, changed), changed).toBeUndefined()
      }
    }
  }
})

test('a token opens for its owner and its secret alone', () => {
  fc.assert(
    fc.property(owner, owner, place, (of, other, at) => {
      fc.pre(JSON.stringify(of, asText) !== JSON.stringify(other, asText))
      const token = tokens.seal(of, at)

      expect(tokens.open(other, token)).toBeUndefined()
      expect(new PageTokens(Buffer.from('another')).open(of, token)).toBeUndefined()
    }),
  )
})

test('a number and the text of it are different owners', () => {
  expect(tokens.open(['7n'], tokens.seal(['7'], ['x']))).toBeUndefined()
  expect(tokens.open([7n], tokens.seal([7], ['x']))).toBeUndefined()
})

test('nothing else opens to anything', () => {
  fc.assert(
    fc.property(owner, fc.string({ unit: 'binary' }), (of, text) => {
      expect(tokens.open(of, text)).toBeUndefined()
    }),
  )
})

const asText = (_key: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
