/** A child process that is the shops: each posts and is told. It measures from the answer to a message to the telling of it. */
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as after } from 'node:timers/promises'

export type Steady = {
  port: number
  perSecond: number
  seconds: number
  /** The requests to send in turn, each of a chat of its own. */
  posts: { path: string; token: string; chatId: number }[]
  /** Posted beside them, and not counted. */
  aside: { path: string; token: string; chatId: number }[]
}
/** How long messages took to be answered, and then to be told of. */
export type Told = { posted: number; told: number; answerP99Ms: number; p50Ms: number; p99Ms: number }

type Message = { sentAt: number; answeredAt?: number; toldAt?: number }

const hangMs = 10_000
const answer = JSON.stringify({ version: '1', name: 'bench', time: new Date().toISOString() })
const body = JSON.stringify({ message: 'Здравствуйте! Ваш заказ передан в доставку, курьер позвонит за час.' })
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** The messages of a chat, in their order. */
const posted = new Map<number, Message[]>()

const server = createServer((incoming, response) => {
  const at = performance.now()
  let text = ''
  incoming.on('data', data => {
    text += data
  })
  incoming.on('end', async () => {
    const { chatId } = JSON.parse(text) as { chatId: number } // a notification
    const message = posted.get(chatId)?.find(each => each.toldAt === undefined)
    if (message) message.toldAt = at
    if (incoming.url === '/hang') await after(hangMs, undefined, { ref: false })
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }) // it listens on a port

process.on('message', (steady: Steady) => void run(steady).then(told => process.send?.(told)))

async function run({ port, perSecond, seconds, posts, aside }: Steady): Promise<Told> {
  posted.clear()
  const count = perSecond * seconds
  const begun = performance.now()
  const answers: Promise<void>[] = []
  for (let n = 0; n < count; n++) {
    const dueInMs = begun + (n * 1000) / perSecond - performance.now()
    if (dueInMs > 0) await after(dueInMs)
    const next = posts[n % posts.length]
    if (next) answers.push(post(port, next, true))
    const other = aside[n % perSecond]
    if (other) answers.push(post(port, other, false))
  }
  await Promise.all(answers)
  const patience = performance.now() + hangMs
  const untold = () => [...posted.values()].flat().filter(({ toldAt }) => toldAt === undefined).length
  while (untold() > 0 && performance.now() < patience) await after(20)
  const messages = [...posted.values()].flat()
  const answering = messages.map(({ sentAt, answeredAt = Number.NaN }) => answeredAt - sentAt)
  // A shop may be told before it is answered: both come after the COMMIT.
  const telling = messages.map(({ answeredAt = Number.NaN, toldAt = Number.NaN }) => Math.max(toldAt - answeredAt, 0))
  return {
    posted: count,
    told: count - untold(),
    answerP99Ms: atShare(answering, 0.99),
    p50Ms: atShare(telling, 0.5),
    p99Ms: atShare(telling, 0.99),
  }
}

function atShare(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}

function post(port: number, { path, token, chatId }: Steady['posts'][number], isCounted: boolean): Promise<void> {
  const message: Message = { sentAt: performance.now() }
  if (isCounted) posted.set(chatId, [...(posted.get(chatId) ?? []), message])
  return new Promise((resolve, reject) => {
    const headers = { 'api-key': token, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    request({ port, path, method: 'POST', agent, headers }, response => {
      if (response.statusCode !== 200) reject(new Error(`a message was answered with ${response.statusCode}`))
      message.answeredAt = performance.now()
      response.resume().on('end', resolve)
    })
      .on('error', reject)
      .end(body)
  })
}
