import { expect, test } from 'vitest'
import { nextSlot, slotsOf } from './slots.ts'

test.each([
  ['Трек: {трек-номер}, приедет {{дата|завтра}}', ['трек-номер', 'дата']],
  ['{ имя }', ['имя']],
  ['{} {1} {"a": 1} {a\nb} {{', []],
  [`{${'а'.repeat(40)}} {${'а'.repeat(41)}}`, ['а'.repeat(40)]],
])('in %j the variables are %j', (text, names) => {
  expect(slotsOf(text).map(({ name }) => name)).toEqual(names)
})

const text = 'ab {x} cd {y}'
const slots = slotsOf(text)

test.each([
  ['from the start', { from: 0, to: 0, isBack: false }, 'x'],
  ['from within', { from: 4, to: 4, isBack: false }, 'x'],
  ['from the first', { from: 3, to: 6, isBack: false }, 'y'],
  ['from the last', { from: 10, to: 13, isBack: false }, undefined],
  ['back from the end', { from: 13, to: 13, isBack: true }, 'y'],
  ['back from the last', { from: 10, to: 13, isBack: true }, 'x'],
  ['back from the first', { from: 3, to: 6, isBack: true }, undefined],
])('%s it goes on to the next one, and out at the ends', (_, selected, name) => {
  expect(nextSlot(slots, selected)?.name).toBe(name)
})
