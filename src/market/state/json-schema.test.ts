import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { stateJsonSchema } from './json-schema.ts'

const root = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test('the schema that editors are given is the declaration: prilavok state schema > docs/state.schema.json', () => {
  expect(JSON.parse(read('docs/state.schema.json'))).toEqual(JSON.parse(JSON.stringify(stateJsonSchema())))
})

test('an editor takes the demo, and underlines a misspelt name and a wrong time', () => {
  const validate = new Ajv({ formats: { int32: true, int64: true, date: true } }).compile(stateJsonSchema())
  const demo = parse(read('src/market/demo/demo.yaml'))

  expect(validate(demo) ? [] : validate.errors).toEqual([])
  expect(validate({ ...demo, bussinesses: [] })).toBe(false)
  expect(validate({ prilavok: 1, businesses: [{ name: 'a', chats: [{ customer: 'b', opened: 'yesterday' }] }] })).toBe(
    false,
  )
})
