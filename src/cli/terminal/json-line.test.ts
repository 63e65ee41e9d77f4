import { expect, test } from 'vitest'
import { jsonLine } from './json-line.ts'

const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(c => /\p{Cc}/u.test(c))

test('every control character is escaped, in values and in names, and the value is the same', () => {
  const value = { text: controls.join(''), [`a${controls.join('')}`]: ['\u00a0ё👩‍👧'] }
  const line = jsonLine(value)

  expect(controls).toHaveLength(65)
  expect(line).not.toMatch(/\p{Cc}/u)
  expect(line).toContain('\\u009b')
  expect(line).toContain('\u00a0ё👩‍👧')
  expect(JSON.parse(line)).toEqual(value)
})

test('an id keeps its digits', () => {
  expect(jsonLine({ orderId: 9_223_372_036_854_775_807n })).toBe('{"orderId":9223372036854775807}')
})
