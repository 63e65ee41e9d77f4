import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '#kit'

/** A shop's receiver that takes everything. Ends with the process. */
export async function startReceiver(): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    request.resume()
    const body = JSON.stringify({ version: '1.0.0', name: 'prilavok/testing', time: systemClock.now().toISOString() })
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return { url: `http://127.0.0.1:${port}/notification` }
}
