/** A small balancer: asks each market whether it is ready, keeps its connections to them, and never tries a request again. */
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { whenOver } from './run-context.ts'

/** One "no" may be chance: a market is left out after the second. */
const checkEveryMs = 300
const noesToLeaveOut = 2

type Upstream = { url: URL; agent: Agent; noes: number; isReady: boolean }

export type Balancer = {
  url: string
  /** What callers were not answered, or answered 5xx, by the market behind: path and why. */
  failures: string[]
  /** How many requests each market was given. */
  given: Map<string, number>
  /** Resolves when it gives requests to this market, or to it no more. */
  finds(marketUrl: string, state: 'ready' | 'away'): Promise<void>
}

export async function startBalancer(marketUrls: readonly string[]): Promise<Balancer> {
  const upstreams = marketUrls.map((url): Upstream => {
    return { url: new URL(url), agent: new Agent({ keepAlive: true }), noes: noesToLeaveOut, isReady: false }
  })
  const balancer: Omit<Balancer, 'url' | 'finds'> = { failures: [], given: new Map() }
  let turn = 0
  const server = createServer((asking, answering) => {
    const ready = upstreams.filter(({ isReady }) => isReady)
    const upstream = ready[turn++ % ready.length]
    if (upstream) pass(upstream, { asking, answering, balancer })
    else fail({ asking, answering, balancer }, 'no market is ready')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stopLooking = keepLooking(upstreams)
  whenOver(() => {
    stopLooking()
    for (const { agent } of upstreams) agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  const finds = async (marketUrl: string, state: 'ready' | 'away') => {
    const upstream = upstreams[marketUrls.indexOf(marketUrl)]
    while (upstream && upstream.isReady !== (state === 'ready')) await new Promise(done => setTimeout(done, 5))
  }
  const { port } = server.address() as AddressInfo // it listens on a port
  return { ...balancer, url: `http://127.0.0.1:${port}`, finds }
}

function keepLooking(upstreams: readonly Upstream[]): () => void {
  const timers = upstreams.map(upstream => setInterval(() => void look(upstream), checkEveryMs))
  return () => timers.forEach(clearInterval)
}

async function look(upstream: Upstream): Promise<void> {
  const asking = request(new URL('/readyz', upstream.url), { agent: false })
  const answered = once(asking, 'response') as Promise<[IncomingMessage]> // what the event has
  asking.on('error', () => {}) // told by the answer that does not come
  asking.end()
  // A slow machine has every market say that the database is away: that is no reason to leave one out.
  const isYes = await answered.then(async ([answer]) => !(await text(answer)).includes('stopping')).catch(() => false) // nobody listens there, or no more
  upstream.noes = isYes ? 0 : upstream.noes + 1
  upstream.isReady = upstream.noes < noesToLeaveOut
  asking.destroy()
}

type Exchange = { asking: IncomingMessage; answering: ServerResponse; balancer: Pick<Balancer, 'failures' | 'given'> }

function pass({ url, agent }: Upstream, exchange: Exchange): void {
  const { asking, answering, balancer } = exchange
  balancer.given.set(url.origin, (balancer.given.get(url.origin) ?? 0) + 1)
  const { hostname, port } = url
  const { connection: _, ...headers } = asking.headers
  const passing = request({ hostname, port, agent, path: asking.url, method: asking.method, headers })
  passing.on('error', error => fail(exchange, error.message))
  // A caller that has left takes nothing more.
  answering.on('close', () => passing.destroy())
  passing.on('response', answer => passBack(answer, exchange))
  asking.pipe(passing)
}

function passBack(answer: IncomingMessage, exchange: Exchange): void {
  const { asking, answering, balancer } = exchange
  const { statusCode = 0, headers } = answer
  if (statusCode >= 500) balancer.failures.push(`${asking.method} ${asking.url}: ${statusCode}`)
  const { connection: _, 'keep-alive': _too, ...passed } = headers
  answering.writeHead(statusCode, passed)
  answering.flushHeaders()
  answer.on('error', error => fail(exchange, error.message))
  answer.pipe(answering)
}

/** Nothing, if it is the caller who has left. */
function fail({ asking, answering, balancer }: Exchange, why: string): void {
  if (answering.destroyed) return
  balancer.failures.push(`${asking.method} ${asking.url}: ${why}`)
  if (answering.headersSent) answering.destroy()
  else answering.writeHead(502).end()
}
