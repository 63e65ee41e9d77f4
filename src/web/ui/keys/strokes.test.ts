import { expect, test } from 'vitest'
import { strokeOf, wholeStrokeOf } from './strokes.ts'

test.each([
  ['g', { code: 'KeyG', key: 'g', shiftKey: false }],
  ['g', { code: 'KeyG', key: 'п', shiftKey: false }],
  ['shift+g', { code: 'KeyG', key: 'П', shiftKey: true }],
  ['/', { code: 'Slash', key: '.', shiftKey: false }],
  ['?', { code: 'Slash', key: ',', shiftKey: true }],
  ['?', { code: 'Digit7', key: '?', shiftKey: true }],
  ['space', { code: 'Space', key: ' ', shiftKey: false }],
  ['5', { code: 'Digit5', key: '%', shiftKey: false }],
  ['esc', { code: 'Escape', key: 'Escape', shiftKey: false }],
  [undefined, { code: 'ShiftLeft', key: 'Shift', shiftKey: true }],
])('the stroke %s is known by its place: %o', (stroke, event) => {
  expect(strokeOf(event)).toBe(stroke)
})

test('Ctrl and Cmd are one and the same', () => {
  const key = { code: 'KeyK', key: 'л', shiftKey: false }

  expect(wholeStrokeOf({ ...key, ctrlKey: true, metaKey: false })).toBe('mod+k')
  expect(wholeStrokeOf({ ...key, ctrlKey: false, metaKey: true })).toBe('mod+k')
})
