/** A child process that is node:http with nothing in it: every request is read to its end and gets the same answer. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sample } from '../calls/sample.ts'

let headers: Sample['headers'] = {}
let body = Buffer.alloc(0)

const server = createServer((incoming, response) => {
  incoming.resume().on('end', () => response.writeHead(200, headers).end(body))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')

process.on('message', (message: Sample | 'stop') => {
  if (message === 'stop') return process.exit(0)
  headers = { ...message.headers, 'content-length': String(Buffer.byteLength(message.body)) }
  body = Buffer.from(message.body)
  return process.send?.('ready')
})
process.send?.({ port: (server.address() as AddressInfo).port }) // it listens on a port
