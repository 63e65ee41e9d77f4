import { expect, test } from 'vitest'
import { parseJson, serializeJson } from '#contract'
import { jsonLines, jsonText } from './json-lines.ts'

test('a value is laid out as JSON, and every digit of an id is kept', () => {
  const text =
    '{\n  "id": 9007199254740993123,\n  "list": [\n    "a\\"b",\n    null\n  ],\n  "none": {},\n  "empty": []\n}'
  const parsed = parseJson(text)

  expect(jsonText(parsed.ok && parsed.value)).toBe(text)
  expect(serializeJson(parsed.ok && parsed.value)).toBe(text.replace(/\s/g, ''))
})

test('names, texts, numbers and words are told apart', () => {
  const kinds = jsonLines({ a: 'x', b: 1n, c: true }).flatMap(line => line.map(({ kind }) => kind))

  expect(kinds.filter(kind => kind !== 'sign')).toEqual(['name', 'text', 'name', 'number', 'name', 'word'])
})
