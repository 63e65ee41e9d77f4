import { expect, test } from 'vitest'
import { topicsOf } from './follow-desk.ts'

test('a changed chat is read anew, and so are the lists; other changes are topics by themselves', () => {
  const data = '{"cursor":"7","about":[{"kind":"chat","cabinetId":1,"chatId":9007199254740993},{"kind":"cabinets"}]}'

  expect(topicsOf(data)).toEqual(['views', 'chat 1/9007199254740993', 'cabinets'])
})

test('what is no change is about nothing', () => {
  for (const data of ['', '{}', '[]', '{"about":7}', '{"about":[null,3]}']) expect(topicsOf(data)).toEqual([])
})
