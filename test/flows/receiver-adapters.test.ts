import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  createReceiver,
  type MessageNotification,
  type Receive,
  type ReceiverOptions,
  toFastifyHandler,
  toNodeHandler,
} from '#client'
import { type BusinessId, type ChatId, type MessageId, serializeNotification, serializePing } from '#contract'
import { signNotification } from '../../src/market/notify/sign.ts'
import { ask, type Reply } from '../support/http.ts'
import { openConnection } from '../support/raw-http.ts'

type Serve = (receive: Receive) => Promise<Server>

const key = Buffer.from('the secret of the subscription')
const secrets = `whsec_${key.toString('base64')}`
const big = 2n ** 53n + 1n

async function listen(handle: RequestListener): Promise<Server> {
  const server = createServer(handle)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const onNode: Serve = receive => listen(toNodeHandler(receive))

function inExpress(...before: express.RequestHandler[]): Serve {
  return receive => {
    const app = express()
    app.post('/notification', ...before, toNodeHandler(receive))
    return listen(app)
  }
}

const keepRaw = express.json({ verify: (request, _response, bytes) => void Object.assign(request, { rawBody: bytes }) })
const likeExpress4: express.RequestHandler = (request, _response, next) => {
  request.body = {}
  next()
}

function inFastify(prepare: (scope: FastifyInstance) => void = () => {}): Serve {
  return async receive => {
    const app = fastify({ forceCloseConnections: true })
    app.register(async scope => {
      prepare(scope)
      scope.post('/notification', toFastifyHandler(receive))
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return app.server
  }
}

const asBytes = (scope: FastifyInstance) =>
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
const asText = (scope: FastifyInstance) =>
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))

async function open(serve: Serve, options: Partial<ReceiverOptions> = {}) {
  const handled: MessageNotification[] = []
  const errors: unknown[] = []
  const receive = createReceiver({
    name: 'Лавка',
    onMessage: told => void handled.push(told),
    onError: error => void errors.push(error),
    ...options,
  })
  const server = await serve(receive)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  const tell = (body: string, headers: Record<string, string> = {}): Promise<Reply> =>
    ask(`http://127.0.0.1:${port}/notification`, { method: 'POST', headers, json: body })
  return { handled, errors, port, tell }
}

const messageOf = (chatId: bigint) =>
  serializeNotification({
    ...{ type: 'message_sent', businessId: 1n as BusinessId, chatId: chatId as ChatId, messageId: 3n as MessageId }, // any ids do
    happenedAt: new Date(),
  })
const signed = (body: string) => signNotification({ id: 'msg_1', at: new Date(), body }, [key])

const keeping: [string, Serve][] = [
  ['node:http', onNode],
  ['Express without a parser', inExpress()],
  ['Express with a parser that has not read (version 4)', inExpress(likeExpress4)],
  ['Express with express.raw', inExpress(express.raw({ type: '*/*' }))],
  ['Express with express.text', inExpress(express.text({ type: '*/*' }))],
  ['Express with rawBody kept', inExpress(keepRaw)],
  ['Fastify with JSON left as bytes', inFastify(asBytes)],
  ['Fastify with JSON left as text', inFastify(asText)],
]

describe.for(keeping)('%s', ([, serve]) => {
  test('answers, reads ids beyond 2^53 and checks signatures and addresses', async () => {
    const { tell, handled, errors } = await open(serve, { verify: { secrets, addresses: ['127.0.0.1'] } })
    const body = messageOf(big)

    const pinged = await tell(serializePing(new Date()), signed(serializePing(new Date(0))))
    const unsigned = await tell(body)
    const forged = await tell(body, signed(`${body} `))
    const taken = await tell(body, signed(body))

    expect([pinged, unsigned, forged, taken].map(({ status }) => status)).toEqual([403, 403, 403, 200])
    expect(taken.headers.get('content-type')).toMatch(/^application\/json/)
    expect(taken.body).toEqual({ version: '1.0.0', name: 'Лавка', time: expect.stringMatching(/Z$/) })
    expect(handled.map(({ chatId }) => chatId)).toEqual([big])
    expect(errors).toEqual([])
  })

  test('refuses what is too large, and goes on', async () => {
    const { tell, handled } = await open(serve)

    const large = await tell(`{"x":"${'x'.repeat(90_000)}"}`)
    const next = await tell(messageOf(2n))

    expect([large.status, next.status]).toEqual([413, 200])
    expect(handled).toHaveLength(1)
  })
})

const parsing: [string, Serve][] = [
  ['Express after express.json()', inExpress(express.json())],
  ['Fastify with its own parser', inFastify()],
]

describe.for(parsing)('%s', ([, serve]) => {
  test('takes what was parsed, but not ids that were rounded', async () => {
    const { tell, handled, errors } = await open(serve)

    const statuses = [(await tell(messageOf(2n))).status, (await tell(messageOf(big))).status]

    expect(statuses).toEqual([200, 500])
    expect(handled.map(({ chatId }) => chatId)).toEqual([2n])
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('rounded') })])
  })

  test('cannot check a signature, and says what to do', async () => {
    const { tell, handled, errors } = await open(serve, { verify: { secrets } })
    const body = messageOf(2n)

    expect((await tell(body, signed(body))).status).toBe(500)
    expect(handled).toEqual([])
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('rawBody') })])
  })
})

test('a handler that failed is answered 500 through every adapter', async () => {
  const onMessage = () => Promise.reject(new Error('no'))
  const statuses: number[] = []
  for (const serve of [onNode, inExpress(express.json()), inFastify()]) {
    const { tell } = await open(serve, { onMessage })
    statuses.push((await tell(messageOf(2n))).status)
  }

  expect(statuses).toEqual([500, 500, 500])
})

test('a body that somebody has read and thrown away is answered 500, so that nothing is lost', async () => {
  const eat: express.RequestHandler = (request, _response, next) => void request.resume().once('end', () => next())
  const { tell } = await open(inExpress(eat))

  const answer = await tell(messageOf(2n))

  expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('read by somebody')])
})

test.for(['GET', 'TRACE', 'HEAD', 'PUT', 'OPTIONS'])('node:http answers %s 405', async method => {
  const { port } = await open(onNode)
  const connection = await openConnection(`http://127.0.0.1:${port}`)

  connection.socket.write(`${method} / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)

  expect(await connection.closed).toMatch(/^HTTP\/1\.1 405 [\s\S]*allow: POST/i)
})

test('who has been answered by somebody else meanwhile is not answered again, and nothing escapes', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const handle = toNodeHandler(createReceiver({ name: 'Лавка', onMessage: () => gate }))
  const ended = Promise.withResolvers<void>()
  const server = await listen((request, response) => {
    handle(request, response).then(ended.resolve, ended.reject)
    response.writeHead(503).end('late')
    open()
  })
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // it listens on TCP

  const answer = await ask(`http://127.0.0.1:${port}/`, { method: 'POST', json: messageOf(2n) })
  await ended.promise
  expect([answer.status, answer.text]).toEqual([503, 'late'])
})

test("who hangs up in the middle of a body is nobody's error", async () => {
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  const serve: Serve = receive =>
    listen((request, response) => {
      begun.resolve()
      over.resolve(toNodeHandler(receive)(request, response))
    })
  const { port, errors, handled } = await open(serve)
  const connection = await openConnection(`http://127.0.0.1:${port}`)
  connection.socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{"notif')
  await begun.promise

  connection.socket.destroy()
  await over.promise

  expect([errors, handled]).toEqual([[], []])
})
