/** A network that fails as its seed says: a proxy on loopback in front of a market. */
import { once } from 'node:events'
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { headers as names } from '#contract'
import { type Chance, makeChance } from '../../src/kit/chance.ts'
import { whenOver } from './run-context.ts'

export const faultKinds = [
  'cutBefore', // hung up on before the market has heard of it
  'hangUp', // hung up on while the market works on it
  'swallow', // done and answered, and the answer lost
  'cutAnswer', // the answer ends at some byte
  'delay',
  'duplicate', // the market gets it twice, at once
  'answer420',
  'answer500',
  'answer503',
] as const
type FaultKind = (typeof faultKinds)[number]

type Options = {
  target: string
  seed: number
  /** Which part of the requests meets a fault, 0 to 1. */
  share: number
  kinds?: readonly FaultKind[]
  /** As if the market knew no idempotency keys: it hears none and announces none. */
  hidesIdempotency?: boolean
}

export type FaultProxy = { url: string; did: Record<FaultKind | 'passed', number> }

type Answer = { status: number; reason: string; headers: string[]; body: Buffer }
type Passage = { socket: Socket; forward: () => Promise<Answer>; chance: Chance }

/** Closed when the test is over. The n-th request meets what the seed has for n, whatever came before it. */
export async function startFaultProxy({
  target,
  seed,
  share,
  kinds = faultKinds,
  hidesIdempotency,
}: Options): Promise<FaultProxy> {
  const did = Object.fromEntries(['passed', ...faultKinds].map(kind => [kind, 0])) as FaultProxy['did'] // just these keys
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const hidden = hidesIdempotency ? [names.idempotencyKey, names.idempotencyAnnounced, names.idempotencyReplayed] : []
  let heard = 0
  const server = createServer(async (asked, answering) => {
    const chance = makeChance(seed, ++heard)
    const kind = chance.happens(share) ? chance.choose(kinds) : undefined
    did[kind ?? 'passed']++
    const body = await readAll(asked).catch(() => undefined)
    if (body === undefined) return
    const forward = () => ask(target, { agent, asked, body, hidden })
    const passage = { socket: asked.socket, forward, chance }
    const answer = await (kind ? faults[kind] : forward)(passage).catch(() => undefined)
    if (answer === undefined) return void asked.socket.destroy()
    answering.writeHead(answer.status, answer.reason, answer.headers).end(answer.body)
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  whenOver(() => {
    server.closeAllConnections()
    server.close()
    agent.destroy()
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}`, did }
}

/** Each gives the answer to pass on, or none: then the line is cut. */
const faults: Record<FaultKind, (passage: Passage) => Promise<Answer | undefined>> = {
  cutBefore: async ({ socket, chance }) => hangUp(socket, chance),
  hangUp: async ({ socket, chance, forward }) => {
    const under = forward()
    hangUp(socket, chance)
    await under
    return undefined
  },
  swallow: async ({ socket, chance, forward }) => {
    await forward()
    return hangUp(socket, chance)
  },
  cutAnswer: async ({ socket, chance, forward }) => {
    const whole = spell(await forward())
    const cut = whole.subarray(0, Math.floor(chance.next() * whole.length))
    await new Promise(resolve => socket.write(cut, resolve))
    return undefined
  },
  delay: async ({ chance, forward }) => {
    await wait(chance.next() * 20)
    const answer = await forward()
    await wait(chance.next() * 20)
    return answer
  },
  duplicate: async ({ chance, forward }) => {
    const [one, two] = await Promise.all([forward(), forward()])
    return chance.choose([one, two])
  },
  answer420: async () => refuse(420, 'LIMIT_EXCEEDED', { [names.until]: new Date().toUTCString() }),
  answer500: async () => refuse(500, 'INTERNAL_ERROR'),
  answer503: async () => refuse(503, 'SERVICE_UNAVAILABLE'),
}

function hangUp(socket: Socket, chance: Chance): undefined {
  if (chance.happens(0.5)) socket.resetAndDestroy()
  else socket.destroy()
}

function refuse(status: number, code: string, more: Record<string, string> = {}): Answer {
  const body = Buffer.from(JSON.stringify({ status: 'ERROR', errors: [{ code, message: 'Said by the proxy' }] }))
  const all = { 'content-type': 'application/json', 'content-length': `${body.length}`, ...more }
  return { status, reason: 'Refused', headers: Object.entries(all).flat(), body }
}

type Asking = { agent: Agent; asked: IncomingMessage; body: Buffer; hidden: readonly string[] }

function ask(target: string, { agent, asked, body, hidden }: Asking): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers: IncomingHttpHeaders = { ...asked.headers, 'content-length': `${body.length}` }
    for (const name of [...hidden, 'host', 'connection', 'transfer-encoding']) delete headers[name]
    const asking = request(new URL(asked.url ?? '', target), { agent, method: asked.method ?? 'GET', headers })
    asking.on('error', reject)
    asking.on('response', async response => {
      const answered = await readAll(response).catch(reject)
      if (!answered) return
      const { statusCode: status = 0, statusMessage: reason = '' } = response
      resolve({ status, reason, headers: passedOn(response, hidden, answered.length), body: answered })
    })
    asking.end(body)
  })
}

function passedOn({ headersDistinct }: IncomingMessage, hidden: readonly string[], length: number): string[] {
  const own = [...hidden, 'connection', 'keep-alive', 'transfer-encoding', 'content-length']
  const kept = Object.entries(headersDistinct).filter(([name]) => !own.includes(name))
  return [
    ...kept.flatMap(([name, values = []]) => values.flatMap(value => [name, value])),
    'content-length',
    `${length}`,
  ]
}

function spell({ status, reason, headers, body }: Answer): Buffer {
  const lines = headers.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `))
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`), body])
}

async function readAll(from: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of from) chunks.push(chunk)
  return Buffer.concat(chunks)
}
