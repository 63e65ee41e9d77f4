import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Attempt } from './attempt.ts'

export type Exchange = {
  answered: Promise<IncomingMessage>
  /** Whether it used a connection of an earlier one, and that one said nothing more. */
  wasStale(): boolean
}

/** What becomes of a request that has been handed to Node; it ends with its attempt. */
export function startExchange(posted: ClientRequest, attempt: Attempt): Exchange {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  let heardBytes = 0
  posted.on('socket', socket => {
    attempt.isConnected = true
    heardBytes = socket.bytesRead
  })
  posted.on('response', resolve)
  // An answer that would speak another protocol from here on.
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
