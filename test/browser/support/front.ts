import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll } from 'vitest'
import type { TestDesk } from '../../support/desk-app.ts'

export type Front = TestDesk & {
  /** What the desk's service worker calls its build from now on; by default as it is. */
  build: string | undefined
  /** Whether the desk is away, as a proxy says it. */
  isAway: boolean
}

/** Stands before a desk, as if another build of it could come while pages are open. Call it in the body of the file, after useDesk. */
export function useFront(desk: TestDesk): Front {
  const front = { build: undefined, isAway: false } as Front // filled before the first test runs
  const server = createServer((asking, answering) => {
    if (front.isAway) answering.writeHead(502).end('Bad Gateway')
    else pass(desk.url, front.build, asking, answering)
  })
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
    const url = `http://127.0.0.1:${port}`
    const ownerLink = async () => (await desk.ownerLink()).replace(desk.url, url)
    Object.assign(front, { ...desk, url, ownerLink })
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return front
}

function pass(to: string, build: string | undefined, asking: IncomingMessage, answering: ServerResponse): void {
  const { method, headers, url = '' } = asking
  const isBent = url === '/desk/worker.js' && build !== undefined
  const sent = { ...headers, ...(isBent && { 'accept-encoding': 'identity' }) }
  const passing = request(to + url, { method, headers: sent, agent: false }, async answer => {
    const { 'content-length': _, etag: __, ...bent } = answer.headers
    if (!isBent) return void answer.pipe(answering.writeHead(answer.statusCode ?? 502, answer.headers))
    answering.writeHead(answer.statusCode ?? 502, bent)
    answering.end((await text(answer)).replace(/"version":"[^"]+"/, `"version":"${build}"`))
  })
  passing.on('error', () => asking.socket.destroy())
  answering.on('close', () => passing.destroy())
  asking.pipe(passing)
}
