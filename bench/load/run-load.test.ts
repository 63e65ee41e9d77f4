import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openConnection } from './connection.ts'
import { runLoad } from './run-load.ts'

const longBody = JSON.stringify({ text: 'Здравствуйте! '.repeat(20_000) })

/** The port of a server, which is closed with the test. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port // it listens on a port
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: test\r\n\r\n`
const answer = (text: string): RequestListener => {
  const headers = { 'content-length': String(Buffer.byteLength(text)) }
  return (_, response) => response.writeHead(200, headers).end(text)
}

test('a load counts each answer once, however many pieces it comes in, and nothing of what goes on aside', async () => {
  const counts = { '/a': 0, '/b': 0 }
  const port = await serve((request, response) => {
    counts[request.url === '/a' ? '/a' : '/b']++
    answer(request.url === '/a' ? longBody : '{}')(request, response)
  })

  const load = { port, seconds: 0.2, connections: [[get('/a')], [get('/a')]], aside: [[get('/b')]] }
  const run = await runLoad(load, { server: process.pid })

  expect(run.answers).toBe(counts['/a'])
  expect(run.bodyBytes).toBe(Buffer.byteLength(longBody))
  expect(counts['/b']).toBeGreaterThan(0)
})

test('at a rate, as many are sent as it says', async () => {
  const port = await serve(answer('{}'))
  const connections = [[get('/')], [get('/')]]
  const run = await runLoad({ port, seconds: 0.5, perSecond: 200, connections }, { server: process.pid })

  expect(Math.abs(run.answers - 100)).toBeLessThan(40)
})

test('a load that is refused fails, and measures nothing', async () => {
  const port = await serve((_, response) => response.writeHead(420, { 'content-length': '0' }).end())
  const load = { port, seconds: 0.1, connections: [[get('/')]] }

  await expect(runLoad(load, { server: process.pid })).rejects.toThrow('not answered with 200')
})

test('a connection that ends in the middle of an answer says so', async () => {
  const port = await serve(({ socket }) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'))
  const connection = await openConnection(port)

  await expect(connection.ask(Buffer.from(get('/')))).rejects.toThrow('closed')
})
