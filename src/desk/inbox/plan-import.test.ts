import { expect, test } from 'vitest'
import { planImport } from './plan-import.ts'

const reply = (title: string, text: string, folder = '') => ({ folder, title, text })
const rows = (...replies: ReturnType<typeof reply>[]) => replies.map((one, index) => ({ row: index + 2, reply: one }))
const known = [
  { replyId: 'a', ...reply('Едет', 'Едет!') },
  { replyId: 'b', ...reply('Едет', 'Уже едет') },
  { replyId: 'c', ...reply('Возврат', 'Вернём') },
]

test('a table that says what is there changes nothing, also where replies are called alike', () => {
  expect(planImport(known, rows(...known))).toEqual({ added: [], changed: [], unchanged: 3, repeated: [] })
})

test('another text of a known name is a change, a name that is not there is added, a row that is there twice counts once', () => {
  const brought = rows(
    reply('Возврат', 'Деньги вернём'),
    reply('Едет', 'Едет!'),
    reply('Едет', 'В пути'),
    reply('Новый', 'x'),
  )

  expect(planImport(known, [...brought, { row: 6, reply: reply('Новый', 'x') }])).toEqual({
    added: [reply('Новый', 'x')],
    changed: [
      { replyId: 'c', text: 'Деньги вернём' },
      { replyId: 'b', text: 'В пути' },
    ],
    unchanged: 1,
    repeated: [6],
  })
})

test('replies that are called alike have other texts each', () => {
  const { changed } = planImport(known, rows(reply('Едет', '1'), reply('Едет', '2')))

  expect(changed).toEqual([
    { replyId: 'a', text: '1' },
    { replyId: 'b', text: '2' },
  ])
})

test('the same name in another folder is another reply, and two new ones of a name are two', () => {
  const brought = rows(reply('Возврат', 'Вернём', 'Деньги'), reply('x', '1'), reply('x', '2'))

  expect(planImport(known, brought)).toMatchObject({ added: brought.map(one => one.reply), changed: [], unchanged: 0 })
})
