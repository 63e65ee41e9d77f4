import { expect, test } from 'vitest'
import { describeError } from './describe-error.ts'

const words = 'Здравствуйте, мой адрес: Мира, 5'

/** An error as a PostgreSQL driver throws it, with a buyer's words in every field that may have them. */
function makeDatabaseError(code: string, message: string): Error {
  const quoting = { detail: `Failing row contains (${words}).`, where: words, query: words, parameters: [words], words }
  return Object.assign(new Error(message), {
    name: 'DatabaseError',
    code,
    table: 'messages',
    constraint: 'kept',
    ...quoting,
  })
}

test('an error is told by its name, message, code, table, constraint and stack, and nothing else', () => {
  const told = describeError(makeDatabaseError('42703', 'column "x" does not exist'))

  expect(told).toEqual({
    name: 'DatabaseError',
    message: 'column "x" does not exist',
    code: '42703',
    table: 'messages',
    constraint: 'kept',
    stack: expect.stringMatching(/^DatabaseError: column "x" does not exist\n {4}at makeDatabaseError /),
  })
})

test.each(['22001', '22P02', '23502', '23505', '23514'])('the message of %s quotes values and is not told', code => {
  const told = describeError(makeDatabaseError(code, `invalid input syntax: "${words}\n    at ${words}"`))

  expect(told.message).toBe(`${code}, messages, kept`)
  expect(told.stack).toMatch(new RegExp(`^DatabaseError: ${code}, messages, kept\n? *"?\n {4}at `))
  expect(JSON.stringify(told)).not.toContain('Мира')
})

test('a message that was changed after the stack was made leaves only what is certain', () => {
  const error = makeDatabaseError('23502', words)
  error.message = 'another'

  expect(JSON.stringify(describeError(error))).not.toContain('Мира')
})

test('causes are told in the same way, and a circle of them ends', () => {
  const inner = makeDatabaseError('23514', words)
  const outer = new Error('a batch was not written', { cause: inner })
  inner.cause = outer

  const told = describeError(outer)

  expect(told).toMatchObject({
    message: 'a batch was not written',
    cause: { code: '23514', message: '23514, messages, kept' },
  })
  expect(JSON.stringify(told)).not.toContain('Мира')
})

test.each([[words], [{ words }], [undefined]])('what is no error is told by its kind: %j', thrown => {
  expect(describeError(thrown)).toEqual({ name: typeof thrown })
})
