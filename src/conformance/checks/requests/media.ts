import { gzipSync } from 'node:zlib'
import { bodyMaxBytes, type OperationName } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { withFile, withJsonBody } from '../../check/subjects.ts'
import { accepted, readWithout } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { unsupported, words } from '../../expect/words.ts'
import { choice, contract } from '../../findings/sources.ts'
import { type Call, untyped, withBody, withHeaders, withText } from '../../http/call.ts'

const foreignTypes = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/json; charset=windows-1251',
  'nonsense',
]
const knownTypes = ['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"']
const charset = choice('charset other than UTF-8')

function foreign(name: OperationName): Check[] {
  const types = foreignTypes.map(type =>
    asking(
      name,
      { en: `${type} is refused with 415`, ru: `${type}: отказ 415` },
      {
        source: type.includes('charset') ? charset : contract.errors,
        bend: call => withBody(call, call.body ?? '', type),
        expects: refused(unsupported(`Content type '${type}' not supported`)),
      },
    ),
  )
  const encodings = ['gzip', 'br', 'x'].map(encoding =>
    asking(
      name,
      { en: `a body encoded with ${encoding} is refused with 415`, ru: `тело в кодировке ${encoding}: отказ 415` },
      {
        source: choice('compressed bodies'),
        bend: call => withHeaders({ ...call, body: gzipSync(`${call.body}`) }, { 'content-encoding': encoding }),
        expects: refused(unsupported(`Content encoding '${encoding}' not supported`)),
      },
    ),
  )
  return [...types, ...encodings]
}

function known(name: OperationName): Check[] {
  const typed = knownTypes.map(type =>
    asking(
      name,
      { en: `${type} is read`, ru: `${type} читается` },
      {
        source: contract.request,
        bend: call => withBody(call, call.body ?? '', type),
        expects: accepted,
      },
    ),
  )
  const without = asking(
    name,
    { en: 'a body without a type is read', ru: 'тело без типа читается' },
    {
      source: contract.request,
      bend: untyped,
      expects: accepted,
    },
  )
  return [...typed, without]
}

/** A body of so many bytes in which no operation finds what it could do. */
function padded(size: number): string {
  const head = '{"message":null,"orderId":77,"padding":"'
  return `${head}${'x'.repeat(size - head.length - 2)}"}`
}

const inPieces = (text: string) => (text.match(/.{1,65536}/gs) ?? []).map(piece => new TextEncoder().encode(piece))
const announced = (call: Call, text: string) => withText(call, text)
const unannounced = (call: Call, text: string) => withBody(call, inPieces(text), 'application/json')

function sizes(name: OperationName): Check[] {
  const both = [
    { how: { en: 'announced', ru: 'с объявленной длиной' }, put: announced },
    { how: { en: 'in pieces', ru: 'по частям' }, put: unannounced },
  ]
  const bounds = both.flatMap(({ how, put }) => [
    asking(
      name,
      { en: `a body of 512 KB, ${how.en}, is read`, ru: `тело в 512 КБ ${how.ru} читается` },
      {
        source: contract.limits,
        bend: call => put(call, padded(bodyMaxBytes)),
        expects: readWithout('too big'),
      },
    ),
    asking(
      name,
      {
        en: `a body of 512 KB and a byte, ${how.en}, is refused with 400`,
        ru: `тело в 512 КБ и байт ${how.ru}: отказ 400`,
      },
      {
        source: contract.limits,
        bend: call => put(call, padded(bodyMaxBytes + 1)),
        expects: refused(words.tooBig('512 KB', '512 KB')),
      },
    ),
  ])
  const told = asking(
    name,
    { en: 'the refusal of a body of 1.2 MB says how large it was', ru: 'в отказе на тело в 1,2 МБ назван его размер' },
    {
      source: contract.limits,
      bend: call => withText(call, ' '.repeat(1.2 * 1024 * 1024)),
      expects: refused(words.tooBig('512 KB', '1.2 MB')),
    },
  )
  return [...bounds, told]
}

const bodiless: [type: string, body: string][] = [
  ['application/x-www-form-urlencoded', ''],
  ['application/x-www-form-urlencoded', 'a=1'],
  ['application/json', '{"broken"'],
  ['nonsense', 'x'],
  ['text/plain', 'x'.repeat(600 * 1024)],
]

const ignored: Check[] = bodiless.map(([type, body]) =>
  asking(
    'getAuthTokenInfo',
    {
      en: `a body of ${body.length} bytes of ${type} is ignored`,
      ru: `тело типа ${type}, ${body.length} байт, не мешает`,
    },
    {
      source: choice('a body sent to an operation that has none'),
      bend: call => withBody(call, body, type),
      expects: accepted,
    },
  ),
)

/** Types, encodings and sizes of bodies. */
export const media: Check[] = [
  ...[...withJsonBody, ...withFile].flatMap(foreign),
  ...withJsonBody.flatMap(name => [...known(name), ...sizes(name)]),
  ...ignored,
]
