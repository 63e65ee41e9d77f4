import * as typebox from 'typebox'
import { expect, test } from 'vitest'
import { Type } from './type.ts'

type Builders = typeof Type
const described = { description: 'What it is.' }

const made: [name: string, make: (build: Builders) => unknown][] = [
  ['a string', build => build.String()],
  ['a described string', build => build.String({ maxLength: 3, ...described })],
  ['a boolean', build => build.Boolean(described)],
  ['a number', build => build.Number({ minimum: 0, ...described })],
  ['an integer', build => build.Integer({ default: 1 })],
  ['null', build => build.Null(described)],
  ['a list', build => build.Array(build.String(), { maxItems: 2, ...described })],
  ['a schema of ours', build => build.Unsafe<bigint>({ type: 'integer', format: 'int64' })],
  ['an object of nothing', build => build.Object({})],
  ['an object', build => build.Object({ a: build.String(), b: build.Optional(build.Boolean(described)) }, described)],
  ['an object that needs nothing', build => build.Object({ a: build.Optional(build.Unsafe({ type: 'null' })) })],
  [
    'an object in an object',
    build => build.Object({ a: build.Object({ b: build.Null() }), c: build.Array(build.Null()) }),
  ],
  [
    'a part of an object',
    build => build.Partial(build.Object({ a: build.String(described), b: build.Null() }, described)),
  ],
  [
    'a part in an object',
    build =>
      build.Object({
        a: build.Partial(build.Object({ b: build.Null() })),
        c: build.Optional(build.Partial(build.Object({}))),
      }),
  ],
]

test.each(made)('%s is the same schema as made by TypeBox', (_name, make) => {
  expect(JSON.stringify(make(Type))).toBe(JSON.stringify(make(typebox.Type)))
})

test('what is optional in one object is not in another', () => {
  const name = Type.String()
  Type.Object({ name: Type.Optional(name) })

  expect(Type.Object({ name }).required).toEqual(['name'])
})
