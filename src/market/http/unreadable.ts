import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { errorBody, headers, refusals } from '#contract'
import { traceparent } from './trace.ts'

type Exchange = { request: IncomingMessage; response: ServerResponse }

/** What is not HTTP gets an answer that is, and is hung up on; where another answer is under way, it is hung up on alone. */
export function makeUnreadableAnswer() {
  const latest = new WeakMap<Socket, Exchange>()
  return {
    note: (request: IncomingMessage, response: ServerResponse) =>
      void latest.set(request.socket, { request, response }),
    answer: (error: Error & { code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return
      if (isFree(socket, latest.get(socket))) socket.end(spellAnswer(error.code === 'ERR_HTTP_REQUEST_TIMEOUT'))
      else socket.destroy()
    },
  }
}

/** Answers go out in the order of their requests: an answer here must not be taken for that of a request before. */
function isFree(socket: Socket, latest: Exchange | undefined): boolean {
  if (latest === undefined) return true
  const { request, response } = latest
  if (request.complete) return response.writableFinished
  // It is this request that cannot be read, and its turn.
  return response.socket === socket && !response.headersSent
}

function spellAnswer(isSlow: boolean): string {
  const body = JSON.stringify(
    errorBody(refusals.unreadable(isSlow ? 'Unexpected end of content' : 'The request cannot be read')),
  )
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `${headers.traceparent}: ${traceparent(undefined)}`,
    'connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
