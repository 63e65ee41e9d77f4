import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { headers } from '#contract'
import { traceparent } from '#kit'
import { cannotBeRead, endedTooEarly } from './misfit.ts'

type Misread = Error & { code?: string; rawPacket?: unknown }
type Exchange = { request: IncomingMessage; response: ServerResponse }

/**
 * Answers bytes that are not HTTP with a 400, then closes the connection. While an answer to an earlier request is under way
 * on it, the connection is closed without a 400.
 */
export function answerBytesThatAreNotHttp(makeBody: (sentence: string) => string) {
  const latest = new WeakMap<Socket, Exchange>()
  return {
    note: (request: IncomingMessage, response: ServerResponse) =>
      void latest.set(request.socket, { request, response }),
    answer: (error: Misread, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return
      const { sentence } = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? endedTooEarly : cannotBeRead
      const { head, body } = formatAnswer(makeBody(sentence))
      if (isFree(socket, latest.get(socket))) socket.end(isHead(error) ? head : head + body)
      else socket.destroy()
    },
  }
}

/** Whoever asks with HEAD takes a body for the beginning of another answer. */
function isHead({ rawPacket }: Misread): boolean {
  return Buffer.isBuffer(rawPacket) && rawPacket.toString('latin1', 0, 5) === 'HEAD '
}

/** Answers go out in the order of their requests: an answer here must not be taken for that of a request before. */
function isFree(socket: Socket, latest: Exchange | undefined): boolean {
  if (latest === undefined) return true
  const { request, response } = latest
  if (request.complete) return response.writableFinished
  // The request that cannot be read is the one whose answer is due.
  return response.socket === socket && !response.headersSent
}

function formatAnswer(body: string): { head: string; body: string } {
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `${headers.traceparent}: ${traceparent(undefined)}`,
    'connection: close',
  ]
  return { head: `${head.join('\r\n')}\r\n\r\n`, body }
}
