import { expect, test } from 'vitest'
import { wantedLanguage, wantsPage } from './wanted.ts'

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

test.each([
  ['ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7', 'ru'],
  ['en-GB,en;q=0.9,ru;q=0.8', 'en'],
  ['de-DE,ru;q=0.4,en;q=0.3', 'ru'],
  ['en;q=0,ru;q=0.1', 'ru'],
  ['en;q=0.2,RU;q=0.9', 'ru'],
  ['de', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('who reads %s reads %s', (accepted, language) => {
  expect(wantedLanguage(accepted)).toBe(language)
})
