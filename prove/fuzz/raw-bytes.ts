import type { Chance } from '../../src/kit/chance.ts'
import { openConnection } from '../../test/support/raw-http.ts'

const get = 'GET /healthz HTTP/1.1\r\nhost: market\r\n'
const post = (path: string, key: string) => `POST ${path} HTTP/1.1\r\nhost: market\r\napi-key: ${key}\r\n`

type Target = { url: string; path: string; key: string }

/** What is sent over a bare connection, and how many answers with which status must come; undefined: whatever is not 5xx. */
type Bytes = { name: string; parts(chance: Chance, target: Target): (string | Buffer)[]; answers?: number }

const chunked = 'transfer-encoding: chunked\r\n\r\n'
const end = 'connection: close\r\n\r\n'

const kinds: readonly Bytes[] = [
  { name: 'noise', parts: chance => [noise(chance, 4_000)] },
  { name: 'noise after a head', parts: chance => [`${get}\r\n`, noise(chance, 500)] },
  { name: 'a head of noise', parts: chance => [get, noise(chance, 300), '\r\n\r\n'] },
  { name: 'TLS', parts: () => [Buffer.from('160301020001000101fc0303', 'hex')] },
  { name: 'HTTP/2', parts: () => ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'] },
  { name: 'a request in pieces', answers: 1, parts: chance => split(chance, `${get}${end}`) },
  {
    name: 'a message in pieces',
    answers: 1,
    parts: (chance, { path, key }) => split(chance, `${post(path, key)}content-length: 15\r\n${end}{"message":"x"}`),
  },
  { name: 'many in one breath', answers: 20, parts: () => [`${`${get}\r\n`.repeat(19)}${get}${end}`] },
  {
    name: 'chunks in pieces',
    answers: 1,
    parts: (chance, { path, key }) =>
      split(chance, `${post(path, key)}connection: close\r\n${chunked}f\r\n{"message":"x"}\r\n0\r\n\r\n`),
  },
  {
    name: 'chunks that are none',
    parts: (_chance, { path, key }) => [`${post(path, key)}${chunked}zz\r\n{}\r\n0\r\n\r\n`],
  },
  { name: 'a huge chunk', parts: (_chance, { path, key }) => [`${post(path, key)}${chunked}ffffffffffffffff\r\n{}`] },
  { name: 'chunks without end', parts: (_chance, { path, key }) => [`${post(path, key)}${chunked}2\r\n{}\r\n`] },
  {
    name: 'trailers',
    parts: (_chance, { path, key }) => [
      `${post(path, key)}connection: close\r\n${chunked}f\r\n{"message":"x"}\r\n0\r\na: b\r\n\r\n`,
    ],
  },
  {
    name: 'a length and chunks',
    parts: (_chance, { path, key }) => [`${post(path, key)}content-length: 2\r\n${chunked}2\r\n{}\r\n0\r\n\r\n`],
  },
  {
    name: 'two lengths',
    parts: (_chance, { path, key }) => [`${post(path, key)}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
  },
  {
    name: 'too long a length',
    parts: (_chance, { path, key }) => [`${post(path, key)}content-length: 99999999999999999999\r\n\r\n{}`],
  },
  {
    name: 'a body that ends too early',
    parts: (_chance, { path, key }) => [`${post(path, key)}content-length: 500\r\n\r\n{"mess`],
  },
  {
    name: 'a flood of headers',
    parts: () => [get, Array.from({ length: 3_000 }, (_header, i) => `x-${i}: ${i}\r\n`).join(''), '\r\n'],
  },
  { name: 'one long header', parts: () => [`${get}x: ${'x'.repeat(200_000)}\r\n\r\n`] },
  { name: 'a long address', parts: () => [`GET /${'x'.repeat(70_000)} HTTP/1.1\r\nhost: x\r\n\r\n`] },
  {
    name: 'an address of another form',
    parts: chance => [
      `GET ${chance.choose(['*', '//', 'http://a/b', 'a', '/\x7f', '/%', '/../..', '/v2/%zz'])} HTTP/1.1\r\nhost: x\r\n${end}`,
    ],
  },
  { name: 'folded headers', parts: () => [`${get}x: a\r\n b\r\n\r\n`] },
  { name: 'bare line feeds', parts: () => ['GET /healthz HTTP/1.1\nhost: x\n\n'] },
  { name: 'a tunnel', parts: () => ['CONNECT shop.example:443 HTTP/1.1\r\nhost: x\r\n\r\n'] },
  { name: 'an upgrade', parts: () => [`${get}connection: upgrade\r\nupgrade: websocket\r\n\r\n`] },
  { name: 'nothing', parts: () => [] },
]

export type Spoken = { name: string; answers: number; broken: string[] }

/** Says something over a connection of its own and hangs up, at once or when the market has. */
export async function speakBytes(chance: Chance, target: Target): Promise<Spoken> {
  const { name, parts, answers } = chance.choose(kinds)
  const isHasty = answers === undefined && chance.happens(0.5)
  const said = parts(chance, target)
  const connection = await openConnection(target.url)
  for (const part of said) {
    await new Promise(resolve => connection.socket.write(part, resolve))
    if (said.length > 2) await new Promise(resolve => setImmediate(resolve))
  }
  if (isHasty) chance.happens(0.5) ? connection.socket.destroy() : connection.socket.resetAndDestroy()
  else if (answers === undefined) connection.socket.end()
  const statuses = [...(await connection.closed).matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  const bytes = JSON.stringify(said.map(part => part.toString('latin1')).join('|')).slice(0, 500)
  return {
    ...{ name, answers: statuses.length },
    broken: [
      ...statuses.filter(status => status >= 500).map(status => `${name} was answered ${status}: ${bytes}`),
      ...(answers !== undefined && (statuses.length !== answers || statuses.some(status => status !== 200))
        ? [`${name} was answered ${statuses.join()}, not ${answers} times 200: ${bytes}`]
        : []),
    ],
  }
}

function noise(chance: Chance, most: number): Buffer {
  return Buffer.from(
    Array.from({ length: Math.floor(chance.between(1, most)) }, () => Math.floor(chance.between(0, 256))),
  )
}

/** Cut at a few places by chance. */
function split(chance: Chance, text: string): string[] {
  const cuts = Array.from({ length: 6 }, () => Math.floor(chance.between(1, text.length))).toSorted((a, b) => a - b)
  return [0, ...cuts].map((from, index) => text.slice(from, cuts[index] ?? text.length)).filter(part => part !== '')
}
