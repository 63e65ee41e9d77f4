/** A server that answers as the one behind it does, but for what a test bends; it remembers what it was asked. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Asked = {
  verb: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}
export type Answered = { status: number; headers: Record<string, string | string[] | undefined>; text: string }
/** What is asked of the server behind in place of what was asked, and what is answered in place of its answer. */
export type Bend = {
  asks?: (asked: Asked) => string | undefined
  answers?: (answered: Answered, asked: Asked) => Answered | undefined
}

export type BendingProxy = { url: string; asked: Asked[]; maxAtOnce: number }

/** Closed after the tests of the file. */
export async function startBendingProxy(target: string, bends: readonly Bend[] = []): Promise<BendingProxy> {
  const proxy: BendingProxy = { url: '', asked: [], maxAtOnce: 0 }
  let atOnce = 0
  const server = createServer(async (asking, answering) => {
    proxy.maxAtOnce = Math.max(proxy.maxAtOnce, ++atOnce)
    answering.once('close', () => atOnce--)
    const body = await readAll(asking)
    const { pathname, searchParams } = new URL(`http://any${asking.url?.replace(/^\/\//, '/.//')}`)
    const { method: verb = '', headers } = asking
    const asked = { verb, path: pathname, query: searchParams, headers, body: body.toString() }
    proxy.asked.push(asked)
    const path = bends.reduce((at, { asks }) => asks?.(asked) ?? at, asking.url ?? '/')
    const plain = await forward(target, { asking, path, body }).catch(() => undefined)
    if (plain === undefined) return void asking.socket.destroy()
    const { status, headers: bent, text } = bends.reduce((at, { answers }) => answers?.(at, asked) ?? at, plain)
    answering.writeHead(status, without(bent, ['content-length', 'connection', 'transfer-encoding', 'keep-alive']))
    answering.end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return Object.assign(proxy, { url: `http://127.0.0.1:${port}` })
}

type Passed = { asking: IncomingMessage; path: string; body: Buffer }

function forward(target: string, { asking, path, body }: Passed): Promise<Answered> {
  const { hostname, port } = new URL(target)
  const headers = {
    ...without(asking.headers, ['transfer-encoding', 'content-length', 'connection']),
    'content-length': body.length,
  }
  return new Promise((resolve, reject) => {
    const passing = request({ hostname, port, path, method: asking.method, headers, agent: false }, async answer => {
      const text = (await readAll(answer)).toString()
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
    })
    passing.on('error', reject)
    passing.end(body)
  })
}

function without<Value>(headers: Record<string, Value>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}

async function readAll(from: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of from) chunks.push(chunk)
  return Buffer.concat(chunks)
}
