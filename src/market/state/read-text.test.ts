import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readStateText } from './read-text.ts'

const head = 'prilavok: 1\ncustomers:\n  - { id: anna, name: Анна }\nbusinesses:\n  - name: Кабинет\n'

/** What is wrong, as `line:column rule path`. */
async function troublesOf(text: string): Promise<string[]> {
  const read = await readStateText(text)
  if (read.ok) return []
  if ('syntax' in read) return [`${read.syntax.line}:${read.syntax.column} syntax`]
  return read.issues.map(({ line, column, issue }) => `${line}:${column} ${issue.rule} ${issue.at}`)
}

test.each([
  ['', ['1:1 kind state']],
  ['prilavok: 2', ['1:11 maximum prilavok']],
  ['prilavok: 1\ncustomer: []', ['2:1 unknown field customer']],
  ['prilavok: 1\ncustomers: [', ['2:13 syntax']],
  ['prilavok: 1\nprilavok: 1', ['2:1 syntax']],
  ['prilavok: 1\ncustomers: [{ id: anna }]', ['2:13 missing customers[0].name']],
  ['prilavok: 1\ncustomers: [{ id: 17, name: Анна }]', ['2:19 kind customers[0].id']],
  [`${head}    chats: [{ customer: igor }]`, ['6:25 no such customer businesses[0].chats[0].customer']],
  [`${head}    chats: [{ order: 5 }]`, ['6:22 no such order businesses[0].chats[0].order']],
  [
    `${head}    chats: [{ order: 5, customer: anna }]`,
    ['6:13 about one thing businesses[0].chats[0]', '6:22 no such order businesses[0].chats[0].order'],
  ],
  [`${head}    chats: [{ customer: anna }, { customer: anna }]`, ['6:33 has another chat businesses[0].chats[1]']],
  [
    `${head}    chats:\n      - customer: anna\n        messages: [{ from: shop, sticker: thanks }]`,
    ['8:43 only a customer businesses[0].chats[0].messages[0].sticker'],
  ],
  [
    `${head}    chats:\n      - customer: anna\n        messages: [{ from: shop }]`,
    ['8:20 one content businesses[0].chats[0].messages[0]'],
  ],
  [
    `${head}    chats:\n      - customer: anna\n        messages: [{ from: shop, text: a, at: +7m }]`,
    ['8:47 not a time businesses[0].chats[0].messages[0].at'],
  ],
  [`${head}    chats: [{ customer: anna, type: ARBITRAGE }]`, ['6:37 cannot become this businesses[0].chats[0].type']],
])('%j', async (text, troubles) => {
  expect(await troublesOf(text)).toEqual(troubles)
})

test('a text that would unfold without end, be a program or reach into objects is refused', async () => {
  const lines = Array.from({ length: 12 }, (_, n) => `a${n}: &a${n} [${n === 0 ? 'x' : `*a${n - 1}, `.repeat(9)}]`)

  expect(await troublesOf(`prilavok: 1\n${lines.join('\n')}`)).toEqual(['1:1 syntax'])
  expect(await troublesOf('prilavok: !!js/function "1"')).toEqual(['1:11 syntax'])
  expect(await troublesOf('prilavok: 1\n__proto__: { customers: [] }')).toEqual(['2:1 unknown field __proto__'])
})

test('ids keep all their digits', async () => {
  const read = await readStateText('prilavok: 1\nbusinesses: [{ id: 9223372036854775807, name: Кабинет }]')

  expect(read.ok && read.state.businesses?.[0]?.id).toBe(9_223_372_036_854_775_807n)
})

test('the demo is a state file', async () => {
  expect(await troublesOf(readFileSync(join(import.meta.dirname, '../demo/demo.yaml'), 'utf8'))).toEqual([])
})
