import { expect, test } from 'vitest'
import { counted, languageOf } from './language.ts'

test.each([
  [{ LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LANG: 'ru' }, 'ru'],
  [{ LANG: 'run' }, 'en'],
  [{ LANG: 'ru_RU.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'ru_RU.UTF-8', LC_ALL: '' }, 'ru'],
  [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'ru_RU.UTF-8' }, 'ru'],
  [{ LC_ALL: 'en_US.UTF-8', PRILAVOK_LANG: 'ru' }, 'ru'],
  [{ LANG: 'de_DE' }, 'en'],
  [{}, 'en'],
] as const)('the locale %j is read as %s', (environment, language) => {
  expect(languageOf(environment)).toBe(language)
})

test.each([
  [1, '1 чат'],
  [2, '2 чата'],
  [5, '5 чатов'],
  [11, '11 чатов'],
  [21, '21 чат'],
  [104, '104 чата'],
])('%d is counted in Russian as %s', (count, told) => {
  expect(counted('ru', count, { one: 'чат', few: 'чата', many: 'чатов' })).toBe(told)
})

test('English has two forms', () => {
  const told = [0, 1, 2, 1200].map(count => counted('en', count, { one: 'chat', other: 'chats' }))
  expect(told).toEqual(['0 chats', '1 chat', '2 chats', '1,200 chats'])
})
