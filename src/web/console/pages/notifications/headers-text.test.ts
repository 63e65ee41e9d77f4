import { expect, test } from 'vitest'
import { formatHeaders, parseHeaders } from './headers-text.ts'

test('headers that are left as they are shown stay as they are', () => {
  const shown = formatHeaders([{ name: 'Authorization' }, { name: 'X-Team' }])

  expect(parseHeaders(`${shown}\n\n  X-Api-Key :  a: b  `)).toEqual([
    { name: 'Authorization' },
    { name: 'X-Team' },
    { name: 'X-Api-Key', value: 'a: b' },
  ])
})

test('no line is no header, and a line without a name is none', () => {
  expect(parseHeaders(' \n')).toEqual([])
  expect([parseHeaders('Authorization'), parseHeaders(': a'), parseHeaders('a b: c')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
