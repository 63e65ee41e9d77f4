import { expect, test } from 'vitest'
import { insertQuote, quoteOf } from './quote.ts'

const long =
  'Здравствуйте! Заказала кружку, срок доставки был вчера, а в приложении до сих пор «собирается». Когда ждать?'

test.each([
  ['Где заказ?', '«Где заказ?»'],
  ['  Где\n\n заказ? ', '«Где заказ?»'],
  ['В «Избранном» пусто', '«В „Избранном“ пусто»'],
  [long, '«Здравствуйте! Заказала кружку, срок доставки был вчера, а в приложении до сих…»'],
  ['а'.repeat(100), `«${'а'.repeat(80)}…»`],
  [`${'а'.repeat(79)}😀😀`, `«${'а'.repeat(79)}😀…»`],
])('the quote of %j is %s', (message, quote) => {
  expect(quoteOf(message)).toBe(quote)
})

test.each([
  ['', 0, '«q»\n|'],
  ['Добрый день!', 12, 'Добрый день!\n«q»\n|'],
  ['Добрый день! Едет', 12, 'Добрый день!\n«q»\n|Едет'],
  ['Первая\nВторая', 7, 'Первая\n«q»\n|Вторая'],
  ['Первая\nВторая', 6, 'Первая\n«q»\n|Вторая'],
  ['Едет', 0, '«q»\n|Едет'],
])('into %j at %d it comes as %j', (text, at, expected) => {
  const written = insertQuote({ text, at }, '«q»')

  expect(`${written.text.slice(0, written.at)}|${written.text.slice(written.at)}`).toBe(expected)
})
