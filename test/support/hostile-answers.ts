/** Answers that nobody should give, grown from the contract's good ones; the same seed, the same answers. */
import { deflateSync, gzipSync } from 'node:zlib'
import { ErrorResponse, headers as names, type Operation, operations, type Schema } from '#contract'
import { type Chance, makeChance } from '../../src/kit/chance.ts'
import type { HeardRequest, HostileAnswer } from './hostile-server.ts'

type Setting = { chance: Chance; operation: Operation; apiKey: string; elsewhere: string }
type Family = (setting: Setting) => Partial<HostileAnswer>

/** The n-th answer of a seed to this request. */
export function makeHostileAnswer(
  { path }: HeardRequest,
  of: { seed: number; count: number; apiKey: string; elsewhere: string },
): HostileAnswer {
  const chance = makeChance(of.seed, of.count)
  const family = chance.choose(draws)
  const setting = { chance, operation: operationAt(path), apiKey: of.apiKey, elsewhere: of.elsewhere }
  return { family, chunks: [], ending: 'close', ...families[family]?.(setting) }
}

const table: Operation[] = Object.values(operations)
const paths = table.map(operation => ({ operation, path: RegExp(`^${operation.path.replace(/\{\w+\}/g, '\\d+')}$`) }))

function operationAt(path: string): Operation {
  const bare = path.split('?', 1)[0] ?? ''
  return paths.find(each => each.path.test(bare))?.operation ?? operations.getChats
}

const weights: Record<string, number> = {
  good: 12,
  'odd value': 40,
  'odd value, keeping the line': 10,
  'odd refusal': 12,
  'echoing the key': 6,
  'cut short': 8,
  'longer than said': 3,
  'not JSON': 10,
  'wrong content type': 4,
  'odd head': 12,
  'odd limits': 5,
  redirect: 4,
  'odd encoding': 4,
  'gzip bomb': 0.3,
  deep: 2,
  huge: 0.3,
  'endless head': 0.3,
  slow: 0.5,
  silent: 3,
  'second answer': 3,
}
const draws = Object.entries(weights).flatMap(([family, weight]) => Array.from({ length: weight * 10 }, () => family))
export const familyNames = Object.keys(weights)

const families: Record<string, Family> = {
  good: ({ chance, operation }) => ({ chunks: [answer(spell(operation.response as Schema, chance, 0))] }),
  'odd value': ({ chance, operation }) => ({
    chunks: [answer(spell(operation.response as Schema, chance, chance.choose([0.02, 0.1, 0.5])))],
  }),
  'odd value, keeping the line': ({ chance, operation }) => ({
    chunks: [answer(spell(operation.response as Schema, chance, 0.1))],
    ending: 'keep',
  }),
  'odd refusal': ({ chance }) => ({
    chunks: [answer(spell(ErrorResponse as Schema, chance, chance.choose([0, 0.1, 0.5])), { status: status(chance) })],
    ending: chance.choose(['keep', 'close', 'reset']),
  }),
  'echoing the key': ({ chance, apiKey }) => {
    const cut = ' '.repeat(Math.floor(chance.between(0, 600)))
    const errors = [
      { code: apiKey, message: `Your key ${apiKey} is known` },
      { code: `${cut}${apiKey}`, message: `${cut}${encodeURIComponent(apiKey)}` },
      { code: apiKey.slice(5) },
    ]
    const status = `${chance.choose([200, 400, 401, 403, 404, 409, 420, 422])} ${apiKey}`
    const more = {
      [names.traceparent]: apiKey,
      [names.until]: apiKey,
      location: `/?${apiKey}`,
      [apiKey.slice(0, 4)]: '1',
    }
    return { chunks: [answer(JSON.stringify({ status: apiKey, errors, result: apiKey }), { status, more })] }
  },
  'cut short': ({ chance, operation }) => {
    const whole = answer(spell(operation.response as Schema, chance, 0))
    return {
      chunks: [whole.slice(0, Math.floor(chance.between(0, whole.length)))],
      ending: chance.choose(['close', 'reset']),
    }
  },
  'longer than said': ({ chance, operation }) => {
    const body = spell(operation.response as Schema, chance, 0)
    const length = `${Math.floor(chance.between(0, body.length))}`
    return { chunks: [answer(body, { more: { 'content-length': length } })] }
  },
  'not JSON': ({ chance }) => ({
    chunks: [answer(chance.choose(notJson), { status: chance.choose(['200 OK', status(chance)]) })],
  }),
  'wrong content type': ({ chance, operation }) => ({
    chunks: [
      answer(spell(operation.response as Schema, chance, 0), {
        more: {
          'content-type': chance.choose(['text/html', 'image/png', '', 'application/json; charset=utf-16', '\x01']),
        },
      }),
    ],
  }),
  'odd head': ({ chance }) => ({ chunks: [chance.choose(oddHeads)] }),
  'odd limits': ({ chance, operation }) => {
    const [limit, remaining] = [chance.choose(oddNumbers), chance.choose(oddNumbers)]
    const more = {
      [names.idempotencyAnnounced]: 'x',
      [names.limit]: limit,
      [names.remaining]: remaining,
      [names.until]: chance.choose(oddDates),
    }
    const body = spell(operation.response as Schema, chance, 0)
    return { chunks: [answer(body, { more, status: chance.choose(['200 OK', '420 Wait', '429 Wait', '503 Wait']) })] }
  },
  redirect: ({ chance, elsewhere }) => {
    const location = chance.choose([
      elsewhere,
      `${elsewhere}/v2`,
      '/',
      '',
      'file:///etc/passwd',
      'data:,{}',
      '//',
      'http://[',
    ])
    const status = chance.choose(['300 See', '301 See', '302 See', '303 See', '304 See', '307 See', '308 See'])
    return { chunks: [answer('', { status, more: { location } })] }
  },
  'odd encoding': ({ chance, operation }) => {
    const body = Buffer.from(spell(operation.response as Schema, chance, 0))
    const packed = chance.choose([body, gzipSync(body), gzipSync(body).subarray(0, 20), deflateSync(body)])
    const encoding = chance.choose(['gzip', 'deflate', 'br', 'zstd', 'x', 'gzip, gzip', ''])
    return { chunks: [head({ 'content-encoding': encoding, 'content-length': `${packed.length}` }), packed] }
  },
  'gzip bomb': () => ({ chunks: [head({ 'content-encoding': 'gzip', 'content-length': `${bomb.length}` }), bomb] }),
  deep: ({ chance }) => {
    const depth = Math.floor(chance.between(33, 100_000))
    const [open, close] = chance.choose([['[', ']'] as const, ['{"status":', '}'] as const])
    return { chunks: [answer(open.repeat(depth) + close.repeat(chance.choose([0, depth])))] }
  },
  huge: ({ chance }) => ({
    chunks: hugeBody(chance.choose([' ', '1', '[', 'x'])),
  }),
  'endless head': () => ({ chunks: endlessHead() }),
  slow: ({ operation, chance }) => ({
    chunks: [...answer(spell(operation.response as Schema, chance, 0))],
    pauseMs: 25,
  }),
  silent: ({ chance }) => ({
    chunks: [chance.choose(['', 'H', 'HTTP/1.1 200 OK\r\n', head({ 'content-length': '9' })])].filter(Boolean),
    ending: chance.choose(['hang', 'close', 'reset']),
  }),
  'second answer': ({ chance, operation }) => {
    const [one, two] = [0, 0.1].map(odd => answer(spell(operation.response as Schema, chance, odd)))
    return { chunks: [`${one}${two}`], ending: 'keep' }
  },
}

function status(chance: Chance): string {
  const number = chance.choose([
    100, 201, 204, 205, 206, 400, 401, 403, 404, 405, 409, 413, 415, 418, 420, 422, 429, 500, 502, 503, 504, 599, 999,
  ])
  return `${number} ${chance.choose(['Odd', '', 'Плохо', '\x7f'])}`
}

/** A head that says 200, before a body of any kind. */
function head(more: Record<string, string>, status = '200 OK'): string {
  const all = { 'content-type': 'application/json', ...more }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`
}

function answer(body: string, { status, more = {} }: { status?: string; more?: Record<string, string> } = {}): string {
  return head({ 'content-length': `${Buffer.byteLength(body)}`, ...more }, status) + body
}

export const hugeBytes = 64 * 1024 * 1024
const bomb = gzipSync(Buffer.alloc(hugeBytes, ' '))

export function* hugeBody(letter: string): Generator<string> {
  yield head({ 'content-length': `${hugeBytes}` })
  const chunk = letter.repeat(64 * 1024)
  for (let sent = 0; sent < hugeBytes; sent += chunk.length) yield chunk
}

export function* endlessHead(): Generator<string> {
  yield 'HTTP/1.1 200 OK\r\n'
  const chunk = 'x-more: and more\r\n'.repeat(1000)
  for (let sent = 0; sent < hugeBytes; sent += chunk.length) yield chunk
}

const oddNumbers = ['-1', '0', '1', 'NaN', '1e9', '99999999999999999999', '', 'x', '5, 5', '0.5']
const oddDates = [
  'Thu, 99 Foo 99999 99:99:99 GMT',
  'Mon, 01 Jan 9999 00:00:00 GMT',
  'Mon, 01 Jan 0001 00:00:00 GMT',
  '0',
  '',
  '-1',
  '1e30',
  '2026-01-01',
  '+275760-09-13T00:00:00.001Z',
]

const notJson = [
  '',
  ' ',
  '<html><body>502 Bad Gateway</body></html>',
  '{',
  '{"status":"OK"',
  '{"status":"OK",}',
  'OK',
  'null',
  '"OK"',
  '[]',
  '[[]]',
  '12',
  '-',
  '1e',
  'NaN',
  '\ufeff{"status":"OK"}',
  '\0\0\0',
  '{"status":"OK"}{"status":"OK"}',
  '{"__proto__":{"status":"OK"},"result":{}}',
  '{"status":"OK","result":{"toString":1,"constructor":{"prototype":1}}}',
  '{"\\u0000":1}',
  '"\\ud800"',
]

const oddHeads = [
  '',
  '\r\n',
  '\0',
  'HTTP',
  'HTTP/1.1\r\n\r\n',
  'HTTP/1.1 OK\r\n\r\n',
  'HTTP/1.1 99999 OK\r\n\r\n',
  'HTTP/9.9 200 OK\r\n\r\n{}',
  'HTTP/1.0 200 OK\r\n\r\n{"status":"OK"}',
  'HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{}',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
  'HTTP/1.1 200 OK\r\n: no name\r\n\r\n',
  'HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n',
  'HTTP/1.1 200 OK\r\nx: a\r\n folded\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\nabc',
  'HTTP/1.1 100 Continue\r\n\r\n'.repeat(200),
  'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'.repeat(20),
  `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(3000)}\r\n`,
  `HTTP/1.1 200 ${'long '.repeat(10_000)}\r\n\r\n`,
  'SSH-2.0-OpenSSH_9.6\r\n',
  '\x16\x03\x01\x02\x00\x01',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
]

const oddValues = [
  ...['null', '{}', '[]', '[[]]', '[null]', '[{}]', '""', '"x"', 'true', '""""', '', 'NaN', "'x'", '01', 'undefined'],
  ...['-1', '0', '-0', '1.5', '1e400', '1e-400', '9007199254740993', '9223372036854775807', '9223372036854775808'],
  ...['-9223372036854775809', '123456789012345678901234567890', '"9007199254740993"', '"12x"', '" 5"', '"0x10"'],
  ...['"2026-13-45T99:99:99Z"', '"2026-01-01"', '"yesterday"', '"+999999-01-01T00:00:00Z"', '"\\u0000"', '"\\ud800"'],
  ...['{"__proto__":{"a":1}}', '{"constructor":1}', '{"length":1e9}', `${'['.repeat(40)}${']'.repeat(40)}`],
  `"${'long '.repeat(5000)}"`,
]

/** A value of the schema as JSON; with odds of `odd` each part of it is something else. */
function spell(schema: Schema, chance: Chance, odd: number): string {
  if (chance.happens(odd)) return chance.choose(oddValues)
  const kind = typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? 'null')
  return spellers[kind]?.(schema, chance, odd) ?? 'null'
}

const spellers: Record<string, (schema: Schema, chance: Chance, odd: number) => string> = {
  object: (schema, chance, odd) => {
    const kept = Object.entries(schema.properties ?? {}).filter(([name]) =>
      schema.required?.includes(name) ? !chance.happens(odd / 3) : chance.happens(0.8),
    )
    const twice = kept.flatMap(each => (chance.happens(odd / 3) ? [each, each] : [each]))
    return `{${twice.map(([name, property]) => `"${name}":${spell(property, chance, odd)}`).join(',')}}`
  },
  array: ({ items = {} }, chance, odd) =>
    `[${Array.from({ length: Math.floor(chance.between(0, 5)) }, () => spell(items, chance, odd)).join(',')}]`,
  string: (schema, chance) => {
    if (schema.enum) return JSON.stringify(chance.choose(schema.enum))
    if (schema.format === 'date-time') return '"2026-03-01T12:00:00+03:00"'
    return chance.choose(['"a"', '"Добрый день"', '"0"', '"😀"', '"http://127.0.0.1:1/files/1/2/3"'])
  },
  integer: ({ minimum = 0 }, chance) => `${minimum + Math.floor(chance.between(0, 100))}`,
  number: (_schema, chance) => `${chance.between(0, 100)}`,
  boolean: (_schema, chance) => `${chance.happens(0.5)}`,
}
