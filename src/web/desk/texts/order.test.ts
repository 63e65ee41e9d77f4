import { expect, test } from 'vitest'
import { inside, orderSubstatuses } from '#contract'
import { en, ru } from './order.ts'

test('every substatus of the published schema has its words in both languages, and none is the word of the wire', () => {
  const published = orderSubstatuses.filter(word => word !== 'UNKNOWN').map(word => inside(word))

  expect(Object.keys(en).toSorted()).toEqual(published.toSorted())
  expect(Object.keys(ru).toSorted()).toEqual(published.toSorted())
  for (const text of [...Object.values(en), ...Object.values(ru)]) expect(text).not.toMatch(/_|^[A-Z ]+$/)
})
