import { expect, test } from 'vitest'
import { sendKeyOf } from './send-keys.ts'

const plain = { key: 'Enter', ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false }

test.each([
  [{}, 'enter', 'send'],
  [{}, 'ctrl-enter', undefined],
  [{ shiftKey: true }, 'enter', undefined],
  [{ ctrlKey: true }, 'enter', 'send'],
  [{ ctrlKey: true }, 'ctrl-enter', 'send'],
  [{ metaKey: true }, 'ctrl-enter', 'send'],
  [{ ctrlKey: true, shiftKey: true }, 'enter', 'next'],
  [{ metaKey: true, shiftKey: true }, 'ctrl-enter', 'next'],
  [{ isComposing: true }, 'enter', undefined],
  [{ key: 'a', ctrlKey: true }, 'enter', undefined],
] as const)('%j with %s: %s', (stroke, sendBy, does) => {
  expect(sendKeyOf({ ...plain, ...stroke }, sendBy)).toBe(does)
})
