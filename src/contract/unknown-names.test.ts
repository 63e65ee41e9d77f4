import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import { parseJson } from './json.ts'
import { operations } from './operations/index.ts'
import type { UnknownNames } from './unknown-names.ts'

function namesIn(json: string): string[] | undefined {
  const names: UnknownNames = {}
  const parsed = parseJson(json)
  decode(operations.getChats.body, parsed.ok ? parsed.value : undefined, 'body', names)
  return names.unknown
}

test('a name that no schema has is noted with its place, and nothing is made where all are known', () => {
  expect(namesIn('{"limit":20,"contexts":[{"type":"ORDER","id":1,"kind":"x"}]}')).toEqual([
    'body.contexts[0].kind',
    'body.limit',
  ])
  expect(namesIn('{"types":["CHAT"],"orderIds":[1],"statuses":null}')).toBeUndefined()
  expect(namesIn('{}')).toBeUndefined()
})

test('names of objects are names, and none of ours', () => {
  expect(namesIn('{"__proto__":1,"constructor":2,"toString":3}')).toEqual([
    'body.__proto__',
    'body.constructor',
    'body.toString',
  ])
})

test('many, long and hostile names stay few, short and one line', () => {
  const many = namesIn(JSON.stringify(Object.fromEntries(Array.from({ length: 100 }, (_each, i) => [`n${i}`, 1]))))
  const [long, hostile] = namesIn(JSON.stringify({ ['x'.repeat(5000)]: 1, 'a\u0000\n\u202e\u001b[2J': 2 })) ?? []

  expect(many).toHaveLength(20)
  expect(long).toHaveLength(1000)
  expect(hostile).toBe('body.a\ufffd\ufffd\ufffd\ufffd[2J')
})
