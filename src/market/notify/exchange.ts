import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Attempt } from './attempt.ts'

export type Exchange = {
  answered: Promise<IncomingMessage>
  /** Whether it reused a connection that was closed without a byte of an answer. */
  wasStale(): boolean
}

/** Follows a request that has been given to Node. It is destroyed when its attempt ends. */
export function startExchange(posted: ClientRequest, attempt: Attempt): Exchange {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  let heardBytes = 0
  posted.on('socket', socket => {
    attempt.isConnected = true
    heardBytes = socket.bytesRead
  })
  posted.on('response', resolve)
  // An answer that changes to another protocol.
  posted.on('upgrade', (response, socket) => {
    socket.destroy()
    resolve(response)
  })
  posted.on('error', reject)
  attempt.signal.addEventListener('abort', () => posted.destroy(), { once: true })
  return {
    answered: promise,
    wasStale: () => posted.reusedSocket && posted.socket?.bytesRead === heardBytes,
  }
}
