import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import packageJson from '../../../package.json' with { type: 'json' }
import { makeFakedClient, secret } from '../../../test/support/client-clocks.ts'
import { version } from '../version.ts'
import { redact } from './redact.ts'

/** Everything that a log may print of a value. */
function allWords(value: unknown): string {
  const error =
    value instanceof Error ? [`${value}`, value.stack, inspect(value.cause, { depth: 10, showHidden: true })] : []
  return [
    inspect(value, { depth: 10, showHidden: true }),
    JSON.stringify(value, (_key, item) => `${item}`),
    ...error,
  ].join('\n')
}

const part = secret.slice(8, 30)

test('a client does not show its key', () => {
  const { client } = makeFakedClient([() => new Error('asked')])
  expect(allWords(client)).not.toContain(part)
  expect(allWords(client.messages)).not.toContain(part)
  expect(allWords(Object.getOwnPropertyDescriptors(client))).not.toContain(part)
})

const refusing = (message: string) =>
  Response.json({ status: 'ERROR', errors: [{ code: 'A', message }] }, { status: 400 })

const echoes: [string, () => Response | Error][] = [
  [
    'in a refusal',
    () => Response.json({ status: 'ERROR', errors: [{ code: secret, message: `bad ${secret}` }] }, { status: 400 }),
  ],
  [
    'over the end of what is kept of a refusal',
    () =>
      Response.json({ errors: [{ code: 'A', message: 'x'.repeat(480) + secret }], status: 'ERROR' }, { status: 500 }),
  ],
  [
    'as a percent-encoded text',
    () => Response.json({ status: 'ERROR', errors: [{ code: encodeURIComponent(secret) }] }, { status: 403 }),
  ],
  ['shortened', () => refusing(`token ${secret.slice(0, 40)}… is not valid`)],
  ['in other letters', () => refusing(secret.toUpperCase())],
  ['as its longest part, shortened', () => refusing(`…${secret.slice(5, 33)}…`)],
  ['as nonsense', () => new Response(secret)],
  ['as a field', () => Response.json({ status: secret, result: { chats: [{ chatId: secret }] } })],
  ['in what fetch throws', () => new TypeError(`bad header ${secret}`, { cause: new Error(secret) })],
  [
    'as a code of what fetch throws',
    () => Object.assign(new TypeError('x'), { code: secret, request: { key: secret } }),
  ],
  ['as the name of what fetch throws', () => Object.assign(new TypeError('x'), { name: secret })],
  ['as a redirect', () => new Response(null, { status: 302, headers: { location: `/${secret}` } })],
]

test.each(echoes)('a key that comes back %s is in no error', async (_where, answer) => {
  const { client } = makeFakedClient([answer])
  const ends = await Promise.allSettled([client.chats.list().page(), client.messages.send(1, 'a'), client.token()])
  const errors = ends.flatMap(end => (end.status === 'rejected' ? [end.reason] : []))

  expect(errors.length).toBeGreaterThanOrEqual(2)
  for (const error of errors) expect(allWords(error).toLowerCase()).not.toContain(part.toLowerCase())
})

test('a key as long as keys may be, of signs that mean something elsewhere, is cut out too', () => {
  const key = '(.*$^[{+?|\\)'.repeat(80).slice(0, 1000)
  expect(redact(`a ${key} b ${key.slice(0, 500)}… c ${key.slice(0, 7)}`, key)).toBe(
    `a [key] b [key]… c ${key.slice(0, 7)}`,
  )
})

test('the version told is the version of the package', () => {
  expect(version).toBe(packageJson.version)
})
