import type { Chance } from '../../src/kit/chance.ts'
import { type Ids, sample, type Words } from '../api/build-call.ts'
import type { Route, Schema } from '../api/routes.ts'
import { hostileValue, spellJson, spellText } from './hostile-values.ts'

export type HostileCall = { verb: string; path: string; headers: Record<string, string>; body: Buffer | undefined }

type Known = { ids: Ids; words: Words; tokens: readonly string[] }

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH']
const types = [
  ...[
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'multipart/form-data',
    '',
    'x',
    'application/xml',
  ],
  ...['multipart/form-data; boundary=', 'multipart/form-data; boundary=b', `application/json; ${'x'.repeat(2_000)}`],
]
const boundary = 'b'
const shareOfRight = 0.15

/** A call of a route that would do, and then what breaks it: in most calls one thing or two, in some nothing. */
export function makeHostileCall(chance: Chance, route: Route, { ids, words, tokens }: Known): HostileCall {
  const broken = chance.happens(shareOfRight) ? 0 : chance.between(0.2, 1)
  const value = (name: string, schema: Schema): unknown => {
    if (chance.happens(broken * 0.3)) return hostileValue(chance, schema)
    if (schema.items) return [value(name, schema.items)]
    if (schema.properties) return fields(schema)
    const id = ids[name] ?? ids[name.replace(/s$/, '')]
    if (id !== undefined) return schema.type === 'integer' ? { spelled: id } : id
    return words[name] ?? sample(schema)
  }
  const fields = ({ properties = {}, required = [] }: Schema): object => {
    const kept = Object.entries(properties).filter(([name]) =>
      required.includes(name) ? !chance.happens(broken * 0.1) : chance.happens(0.5),
    )
    const strange = chance.happens(broken * 0.1) ? [['__proto__', { a: 1 }]] : []
    return Object.fromEntries([...kept.map(([name, schema]) => [name, value(name, schema)]), ...strange])
  }
  const asked = route.parameters.map(parameter => ({
    ...parameter,
    text: spellText(value(parameter.name, parameter.schema)),
  }))
  const path = route.path.replace(/\{(\w+)\}/g, (_all, name) =>
    spellInUrl(chance, asked.find(one => one.name === name)?.text ?? ''),
  )
  const query = asked
    .filter(one => one.in === 'query' && (one.required ? !chance.happens(broken * 0.1) : chance.happens(0.4)))
    .flatMap(({ name, text }) =>
      Array(chance.happens(broken * 0.1) ? 3 : 1).fill(`${name}=${spellInUrl(chance, text)}`),
    )
  const headers = { ...credentials(chance, { tokens, broken }), ...oddHeaders(chance, broken) }
  const { type, body } = bodyOf(chance, { route, broken, fields })
  const isOtherVerb = chance.happens(broken * 0.08)
  return {
    verb: isOtherVerb ? chance.choose(verbs) : route.verb,
    path: `${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
    body,
  }
}

/** As it must stand in a URL, sometimes not. What no client could write into a line is always escaped. */
function spellInUrl(chance: Chance, text: string): string {
  const cut = text.slice(0, 12_000)
  return chance.happens(0.9)
    ? encodeURIComponent(cut.toWellFormed())
    : cut.replace(/[^!-~]|[#?]/g, character => encodeURIComponent(character.toWellFormed()))
}

function credentials(
  chance: Chance,
  { tokens, broken }: { tokens: readonly string[]; broken: number },
): Record<string, string> {
  if (chance.happens(broken * 0.05)) return {}
  const [token = '', ...others] = tokens
  const used = chance.happens(broken * 0.05)
    ? chance.choose([...others, 'x', `${token}x`, token.slice(1), token.toUpperCase(), ''])
    : token
  return chance.happens(0.5)
    ? { 'api-key': used, authorization: `Bearer ${used}` }
    : { authorization: `Bearer ${used}`, 'api-key': used }
}

function oddHeaders(chance: Chance, broken: number): Record<string, string> {
  if (!chance.happens(broken * 0.2)) return {}
  return chance.choose<Record<string, string>>([
    ...[
      { 'content-encoding': 'gzip' },
      { expect: '100-continue' },
      { 'if-none-match': '*' },
      { range: 'bytes=-0,5-1,9999999999999-' },
    ],
    ...[
      { 'idempotency-key': 'x'.repeat(3_000) },
      { 'idempotency-key': '' },
      { 'idempotency-key': 'a b' },
      { 'idempotency-key': 'fuzz' },
    ],
    ...[
      { 'last-event-id': '-1' },
      { 'last-event-id': '99999999999999999999' },
      { traceparent: '00-x' },
      { cookie: 'prilavok_console=a.b.c; ;;=' },
    ],
    ...[
      { accept: 'text/x' },
      { 'x-http-method-override': 'DELETE' },
      { host: 'другой'.replaceAll(/./g, 'x') },
      { upgrade: 'h2c' },
    ],
  ])
}

type Bodied = { route: Route; broken: number; fields(schema: Schema): object }

function bodyOf(
  chance: Chance,
  { route: { body }, broken, fields }: Bodied,
): { type: string | undefined; body: Buffer | undefined } {
  if (!body)
    return chance.happens(broken * 0.1)
      ? { type: chance.choose(types), body: Buffer.from('{"a":') }
      : { type: undefined, body: undefined }
  const isJson = body.type === 'application/json'
  const type = chance.happens(broken * 0.1)
    ? chance.choose(types)
    : isJson
      ? body.type
      : `${body.type}; boundary=${boundary}`
  const right = Buffer.from(isJson ? spellJson(fields(body.schema)) : formOf(chance, broken))
  return { type, body: chance.happens(broken * 0.15) ? bend(chance, right) : right }
}

/** Cut, doubled, with a byte changed, or nothing. */
function bend(chance: Chance, bytes: Buffer): Buffer {
  const at = Math.floor(chance.between(0, bytes.length))
  const changed = Buffer.from(bytes)
  if (changed.length > 0) changed[at] = Math.floor(chance.between(0, 256))
  return chance.choose([
    bytes.subarray(0, at),
    Buffer.concat([bytes, bytes]),
    changed,
    Buffer.alloc(0),
    Buffer.alloc(600_000, 'x'),
  ])
}

function formOf(chance: Chance, broken: number): string {
  const part = (name: string, file: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${'x'.repeat(Math.floor(chance.between(0, 500)))}\r\n`
  const file = (name: string) => part('file', `; filename="${name}"`)
  if (!chance.happens(broken)) return `${file('a.txt')}--${boundary}--\r\n`
  return chance.choose([
    ...[
      `--${boundary}--\r\n`,
      file('a.txt'),
      `${file('a')}${file('b')}--${boundary}--`,
      `${part('x', '')}--${boundary}--\r\n`,
    ],
    ...[
      `${file('../../x')}--${boundary}--\r\n`,
      `${file('a\0b')}--${boundary}--\r\n`,
      `${file('"; x="')}--${boundary}--\r\n`,
    ],
    ...[
      `${Array(40).fill(part('x', '')).join('')}--${boundary}--\r\n`,
      `--${boundary}\r\n${'x: y\r\n'.repeat(200)}\r\n--${boundary}--\r\n`,
    ],
    ...[
      `preamble${file('a')}--${boundary}--`,
      `${file('я'.repeat(500))}--${boundary}--\r\n`,
      `--${boundary}\r\n\r\n\r\n--${boundary}--`,
    ],
  ])
}
