import { expect, test } from 'vitest'
import { partsOf } from './links.ts'

const linksIn = (text: string) => partsOf(text).flatMap(({ href }) => (href === undefined ? [] : [href]))

test.each([
  ['см. https://market.yandex.ru/product/1.', ['https://market.yandex.ru/product/1']],
  ['(http://a.ru/x?y=1&z=2)', ['http://a.ru/x?y=1&z=2']],
  ['https://a.ru https://b.ru', ['https://a.ru', 'https://b.ru']],
])('%s has the links %j', (text, links) => {
  expect(linksIn(text)).toEqual(links)
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.ru', 'www.a.ru', 'xhttps://', 'http://', '<a href=x>'])(
  '%s has none',
  text => {
    expect(linksIn(text)).toEqual([])
  },
)

test('the parts together are the text', () => {
  for (const text of ['', 'a', 'https://a.ru', ' https://a.ru!! https://b.ru/…', '\u202ehttps://a.ru'])
    expect(
      partsOf(text)
        .map(part => part.text)
        .join(''),
    ).toBe(text)
})
