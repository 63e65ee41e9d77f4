import displayWidth from 'string-width'
import { expect, test } from 'vitest'
import { cutTo, padTo, wrapTo } from './columns.ts'

test.each([
  ['Where?', 6],
  ['Где заказ?', 10],
  ['й', 1],
  ['👍', 2],
  ['👩‍👧‍👦', 2],
  ['🇷🇺', 2],
  ['❤️', 2],
  ['1️⃣', 2],
  ['漢字', 4],
  ['№ 5', 3],
  ['', 0],
])('%s takes %d columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('a text that is too wide is cut between graphemes and says so', () => {
  expect(cutTo('Анна Соколова', 8)).toBe('Анна Со…')
  expect(cutTo('👍👍👍', 5)).toBe('👍👍…')
  expect(cutTo('👍👍👍', 4)).toBe('👍…')
  expect(cutTo('Анна', 4)).toBe('Анна')
})

test('columns are padded by what is seen', () => {
  expect(padTo('👍', 4)).toBe('👍  ')
  expect(padTo('7', 3, 'right')).toBe('  7')
})

test('lines are broken between words, and within a word that has no room', () => {
  expect(wrapTo('Здравствуйте, где мой заказ?', 14)).toEqual(['Здравствуйте,', 'где мой заказ?'])
  expect(wrapTo('a\n\nb', 20)).toEqual(['a', '', 'b'])
  expect(wrapTo('aaaaaaaaaaaaaaaaaaaa b', 8)).toEqual(['aaaaaaaa', 'aaaaaaaa', 'aaaa b'])
})
