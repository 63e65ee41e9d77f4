import { expect, test } from 'vitest'
import { strokeOf } from './keys.ts'

test.each([
  ['g', { code: 'KeyG', key: 'g', shiftKey: false }],
  ['g', { code: 'KeyG', key: 'п', shiftKey: false }],
  ['shift+g', { code: 'KeyG', key: 'П', shiftKey: true }],
  ['/', { code: 'Slash', key: '.', shiftKey: false }],
  ['?', { code: 'Slash', key: ',', shiftKey: true }],
  ['?', { code: 'Digit7', key: '?', shiftKey: true }],
  ['esc', { code: 'Escape', key: 'Escape', shiftKey: false }],
  [undefined, { code: 'ShiftLeft', key: 'Shift', shiftKey: true }],
])('the stroke %s is known by its place: %o', (stroke, event) => {
  expect(strokeOf(event)).toBe(stroke)
})
