/** Stands before a market and stops answering when a test says so, without closing anything. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { whenOver } from './run-context.ts'

export type StallingProxy = {
  url: string
  /** Paths with queries, in the order in which they came. */
  asked: string[]
  /** Answers so many more requests whose path has the text, and none of them after those. */
  stallAfter(text: string, count: number): void
  /** Resolves when a request waits in vain. */
  stalled(): Promise<void>
  /** Answers 403 so many times to each path that has the text, as to links that have expired. */
  expire(text: string, times: number): void
  /** Answers everything from now on. */
  flow(): void
}

export async function makeStallingProxy(marketUrl: string): Promise<StallingProxy> {
  const asked: string[] = []
  let [wanted, left] = ['', Infinity]
  let [expiring, expiries] = ['', 0]
  let waiting = Promise.withResolvers<void>()
  const ownUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
  const server = createServer(async (request, response) => {
    const { url = '' } = request
    asked.push(url)
    const isExpired = url.includes(expiring) && asked.filter(path => path === url).length <= expiries
    if (isExpired) return response.writeHead(403).end()
    if (url.includes(wanted) && left-- <= 0) return waiting.resolve()
    await pass({ from: marketUrl, to: ownUrl() }, request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  whenOver(() => {
    server.closeAllConnections()
    server.close()
  })
  const stallAfter = (text: string, count: number) => {
    ;[wanted, left] = [text, count]
    waiting = Promise.withResolvers()
  }
  return {
    url: ownUrl(),
    asked,
    stallAfter,
    stalled: () => waiting.promise,
    expire(text, times) {
      ;[expiring, expiries] = [text, times]
    },
    flow: () => stallAfter('', Infinity),
  }
}

type Urls = { from: string; to: string }

/** Links to the market's files lead through here too, as with a server that is told its public address. */
async function pass({ from, to }: Urls, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', headers, url = '' } = request
  const body = method === 'GET' ? null : await buffer(request)
  const answer = await fetch(from + url, { method, headers: passable(headers), body })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const isJson = answer.headers.get('content-type')?.includes('json')
  const { 'content-length': _, ...told } = Object.fromEntries(answer.headers)
  response.writeHead(answer.status, told).end(isJson ? bytes.toString().replaceAll(from, to) : bytes)
}

function passable(headers: IncomingHttpHeaders): Record<string, string> {
  const ofConnection = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.includes(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, `${value}`]))
}
