import { expect, test } from 'vitest'
import { textsOf } from '../texts/index.ts'
import { isOfNewChat, noOverrides, readOverride } from './overrides.ts'

const read = readOverride(textsOf('en'))
const readAll = (...texts: string[]) => texts.reduce((before, text) => read(text, before), noOverrides)

test('a path leads to a field, a list grows as it is named, a value is JSON where it can be', () => {
  const all = readAll(
    'customer.name=Иван = сын Петра',
    'order.orderId=9007199254740993',
    'order.items.1.name=Чашка',
    'order.items.0={"name":"Кружка","count":2}',
    'order.items.0.count=3',
    'message.text="42"',
  )

  expect(all).toEqual({
    customer: { name: 'Иван = сын Петра' },
    order: { orderId: 9007199254740993n, items: [{ name: 'Кружка', count: 3 }, { name: 'Чашка' }] },
    message: { text: '42' },
  })
})

const wrongs = [
  'name=x',
  'customer=x',
  'customer.=x',
  'customer.name',
  'chat.status=NEW',
  '=',
  '',
  'message.at=x',
  'order.nots=x',
]
test.each(wrongs)('"%s" is refused with what it must be', text => {
  expect(() => read(text)).toThrow('It must be path=value')
})

test.each([
  ['customer.name=x', true],
  ['order.notes=x', true],
  ['message.text=x', false],
])('%s needs a new chat: %s', (text, isNew) => {
  expect(isOfNewChat(read(text))).toBe(isNew)
})
