import { expect, test } from 'vitest'
import { findReplies, slashAt } from './find-replies.ts'

test.each([
  ['/', 1, { index: 0, wanted: '' }],
  ['Здравствуйте! /дос', 18, { index: 14, wanted: 'дос' }],
  ['a\n/b', 4, { index: 2, wanted: 'b' }],
  ['и/или', 5, undefined],
  ['http://a', 8, undefined],
  ['/ нет', 5, undefined],
  ['/a\nb', 4, undefined],
  ['', 0, undefined],
])('in %j at %d a search begins at %j', (text, caret, found) => {
  expect(slashAt(text, caret)).toEqual(found)
})

const reply = (title: string, uses = 0, text = '') => ({
  ...{ replyId: title, cabinetId: 1, folder: 'Доставка', title, text, uses },
})
const titles = (wanted: string) =>
  findReplies(
    [reply('Возврат денег', 1), reply('Где заказ', 9, 'Ваш возврат'), reply('Сроки возврата', 5)],
    wanted,
  ).map(({ title }) => title)

test('beginnings come before parts, parts before other texts, letters in order last; the more used first', () => {
  expect(titles('')).toEqual(['Где заказ', 'Сроки возврата', 'Возврат денег'])
  expect(titles('возв')).toEqual(['Возврат денег', 'Сроки возврата', 'Где заказ'])
  expect(titles('гдз')).toEqual(['Где заказ'])
  expect(titles('нетnet')).toEqual([])
})
