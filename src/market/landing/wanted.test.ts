import { expect, test } from 'vitest'
import { wantsPage } from './wanted.ts'

test.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['application/json, text/html;q=0.5', true],
  ['application/json', false],
  ['*/*', false],
  ['text/html;q=0', false],
  [undefined, false],
])('%s: a page is wanted: %s', (accepted, isWanted) => {
  expect(wantsPage(accepted)).toBe(isWanted)
})
