import { expect, test } from 'vitest'
import { chooseLanguage } from './choose-language.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de,fr;q=0.9', 'en'],
  ['ru', 'ru'],
  ['ru-RU,ru;q=0.9,en-US;q=0.8', 'ru'],
  ['en-GB,ru;q=0.9', 'en'],
  ['en;q=0.3, RU;q=0.7', 'ru'],
  ['de, ru;q=0.1', 'ru'],
  ['ru;q=0', 'en'],
  ['rush', 'en'],
  ['ru;q=nonsense', 'en'],
  ['de-DE,ru;q=0.4,en;q=0.3', 'ru'],
  ['en;q=0,ru;q=0.1', 'ru'],
])('of English and Russian, who accepts %j gets %s', (accepted, language) => {
  expect(chooseLanguage(accepted, ['en', 'ru'])).toBe(language)
})
