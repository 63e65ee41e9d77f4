import { expect, test } from 'vitest'
import { makeFinder, markWords, type Row } from './find.ts'

const rows: Row[] = [
  ['/guide/ru/a', 'Уведомления', 'Уведомления', 'Маркет сам обращается к вашей программе.'],
  ['/guide/ru/a#b', 'Уведомления', 'Повторы', 'Недоставленное уведомление приходит снова, час за часом.'],
  ['/guide/en/c', 'The client', 'Limits', `${'word '.repeat(60)}the budget of calls ${'word '.repeat(60)}`],
]
const find = makeFinder(rows)
const addresses = (wanted: string) => find(wanted).map(({ address }) => address)

test('words are found by their beginning, in another form and with a slip; titles come first', () => {
  expect(addresses('увед')).toEqual(['/guide/ru/a', '/guide/ru/a#b'])
  expect(addresses('уведомлений')).toContain('/guide/ru/a')
  expect(addresses('limts')).toEqual(['/guide/en/c'])
  expect(addresses('час программе')).toEqual([])
  expect(addresses('nothing of this')).toEqual([])
})

test('the excerpt is what stands around the word', () => {
  const [hit] = find('budget')

  expect(hit?.excerpt).toMatch(/^… .*budget of calls.*…$/)
  expect(hit?.excerpt.length).toBeLessThan(160)
})

test('what was found is marked, letters of any case, and no word is read as an expression', () => {
  expect(markWords('Час за часом', ['час'])).toEqual([
    { text: 'Час', isFound: true },
    { text: ' за ', isFound: false },
    { text: 'час', isFound: true },
    { text: 'ом', isFound: false },
  ])
  expect(markWords('a.b', ['.'])).toHaveLength(3)
  expect(markWords('a', [])).toEqual([{ text: 'a', isFound: false }])
})
