/** A shop's server that is told of what happens in its chats, on loopback; a test switches what it answers. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { whenOver } from './run-context.ts'

const answerings = {
  ok: (response: ServerResponse) =>
    spell(response, 200, { version: '1.0.0', name: 'Test shop', time: '2026-03-01T09:00:00Z' }),
  refuse: (response: ServerResponse) => spell(response, 400, { error: { type: 'WRONG_EVENT_FORMAT' } }),
  fail: (response: ServerResponse) => spell(response, 500, { error: { type: 'UNKNOWN' } }),
  garbage: (response: ServerResponse) => spell(response, 200, { name: 'no version and no time' }),
  redirect: (response: ServerResponse) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  close: (response: ServerResponse) => void response.destroy(),
  hang: () => {},
} satisfies Record<string, (response: ServerResponse) => void>

export type Answering = keyof typeof answerings

export type Arrival = {
  path: string
  headers: IncomingHttpHeaders
  text: string
  /** The notification, as the contract declares it. */
  body: { notificationType: string; businessId: number; chatId: number; messageId?: string; [when: string]: unknown }
}

export type Receiver = {
  url: string
  /** In the order in which they came. */
  arrivals: Arrival[]
  /** What it answers from now on, also to those it has begun. */
  answering: Answering
  /** How many it has had under way at once. */
  mostAtOnce: number
  /** Done with each arrival before it is answered. */
  onArrival: (arrival: Arrival) => unknown
  /** Resolves when so many have come, counted from the beginning. */
  arrived(count: number): Promise<Arrival[]>
}

/** Ends with the test. */
export async function makeReceiver(answering: Answering = 'ok'): Promise<Receiver> {
  const server = createServer((request, response) => void receive(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  whenOver(() => {
    server.closeAllConnections()
    server.close()
  })
  const waiting = new Set<() => void>()
  let atOnce = 0
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notification`, // it listens on a port, not on a pipe
    arrivals: [],
    answering,
    mostAtOnce: 0,
    onArrival: () => {},
    arrived: count =>
      new Promise(resolve => {
        const look = () => {
          if (receiver.arrivals.length < count) return
          waiting.delete(look)
          resolve(receiver.arrivals)
        }
        waiting.add(look)
        look()
      }),
  }
  return receiver

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, ++atOnce)
    response.once('close', () => atOnce--)
    const text = Buffer.concat(await request.toArray()).toString()
    const arrival = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) }
    receiver.arrivals.push(arrival)
    for (const look of [...waiting]) look()
    await receiver.onArrival(arrival)
    answerings[receiver.answering](response)
  }
}

function spell(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
