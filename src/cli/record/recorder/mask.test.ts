import { describe, expect, test } from 'vitest'
import { Mask } from './mask.ts'

describe('of a text nothing is left of', () => {
  test.each([
    ['phones', 'Звоните +7 (912) 345-67-89 или 8 912 345 67 89, можно 89123456789', 'Звоните *** или ***, можно ***'],
    ['e-mails', 'пишите anna.s+1@почта.рф, a@b.example.org', 'пишите ***@***, ***@***'],
    ['cards', 'карта 2200 1234 5678 9012', 'карта ***'],
    ['keys', 'ключ ACMA:abcABC:0123abcd, Bearer abc.def', 'ключ ACMA:*** Bearer ***'],
    ['addresses', 'фото https://example.org/a?token=1', 'фото https://masked.invalid/'],
  ])('%s', (_what, text, masked) => {
    expect(new Mask().text(text)).toBe(masked)
  })
})

test('small numbers, sizes and times are kept', () => {
  const text = 'Рост 170–180, рама 18, заказ в 20:30, 50 × 70 см, 1 290 ₽'
  expect(new Mask().text(text)).toBe(text)
})

test('customers get numbers, the same for the same, and their names are found in texts in every case', () => {
  const mask = new Mask()
  const chat = (name: string, message: string) => ({
    context: { customer: { name, publicId: name, phone: 79_123_456_789n, isNew: true }, orderId: 512_340_017 },
    messages: [{ messageId: 7n, message }],
  })

  expect(mask.value(chat('Анна Соколова', 'Анне Соколовой: анна, Саванна'))).toEqual({
    context: {
      customer: { name: 'Покупатель 1', publicId: 'customer-1', phone: null, isNew: true },
      orderId: 512_340_017,
    },
    messages: [{ messageId: 7n, message: '*** ***: ***, Саванна' }],
  })
  expect(mask.value(chat('Игорь', 'Анна?'))).toMatchObject({
    context: { customer: { name: 'Покупатель 2' } },
    messages: [{ message: '***?' }],
  })
  expect(mask.value(chat('Анна Соколова', ''))).toMatchObject({ context: { customer: { publicId: 'customer-1' } } })
  expect(mask.value({ paging: { nextPageToken: 'abc' } })).toEqual({ paging: { nextPageToken: '***' } })
})
