import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { MisfitError } from './misfit.ts'

// RFC 3986, 3.2.2 and 3.2.3. It may be empty.
const hostForm = /^(\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i

/** Refuses what Node would refuse with an empty body. To be called when answers already have what every answer has. */
export function checkHeads(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    checkHost(raw)
    // Node answers the one expectation that there is before any hook.
    const { expect } = raw.headers
    if (expect !== undefined && !/^100-continue$/i.test(expect))
      throw new MisfitError({ where: 'headers', why: 'expectation', text: expect })
    done()
  })
}

function checkHost({ headers, httpVersion }: IncomingMessage): void {
  if (headers.host === undefined ? httpVersion === '1.0' : hostForm.test(headers.host)) return
  throw new MisfitError({ where: 'request', why: 'broken', sentence: 'The Host header is missing or cannot be read' })
}
