import { expect, test } from 'vitest'
import { findReplies, indexReplies } from './find-replies.ts'

const reply = (title: string, uses = 0, text = '', folder = 'Доставка') => ({
  ...{ replyId: title, cabinetId: 1, folder, title, text, uses, version: 1, files: [] },
})
const indexed = indexReplies([
  reply('Возврат денег', 1),
  reply('Где заказ', 9, 'Ваш возврат'),
  reply('Сроки возврата', 5),
  reply('Чек', 7, 'Чек придёт на почту', 'Деньги'),
  reply('Не возвращаем', 8),
])
const titles = (wanted: string) => findReplies(indexed, wanted, 30).found.map(({ title }) => title)

test.each([
  ['', ['Где заказ', 'Не возвращаем', 'Чек', 'Сроки возврата', 'Возврат денег']],
  ['возв', ['Возврат денег', 'Не возвращаем', 'Сроки возврата', 'Где заказ']],
  ['вращ', ['Не возвращаем']],
  ['денег возврат', ['Возврат денег']],
  ['деньги чек', ['Чек']],
  ['придет', ['Чек']],
  ['гдз', ['Где заказ']],
  ['djpdhfn ltytu', ['Возврат денег']],
  ['нетnet', []],
])('%j finds, in this order, %j', (wanted, found) => {
  expect(titles(wanted)).toEqual(found)
})

test('what is shown is bounded, and how many there are is told', () => {
  const many = indexReplies(Array.from({ length: 500 }, (_, n) => reply(`Ответ ${n}`, n)))

  const { found, total } = findReplies(many, 'ответ', 30)

  expect([found.length, found[0]?.title, total]).toEqual([30, 'Ответ 499', 500])
})
