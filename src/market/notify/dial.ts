import { once } from 'node:events'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { isPublicAddress } from './addresses.ts'
import type { Attempt } from './attempt.ts'
import { AttemptFailure } from './attempt-failure.ts'
import type { Resolve } from './resolve.ts'
import { hostOf } from './webhook-url.ts'

/** Opens a connection to one of these addresses, in turn until one answers. */
export type Connect = (addresses: readonly string[], port: number) => Socket
export type Dial = (url: URL, attempt: Attempt) => Promise<Socket>

type DialOptions = { arePrivateAllowed: boolean; resolve: Resolve; connect: Connect; ca: string | undefined }

/** Node gets addresses and no name, so it connects to what was checked. */
export const connectToOneOf: Connect = (addresses, port) =>
  connectTcp({
    host: 'checked.invalid',
    port,
    noDelay: true,
    autoSelectFamily: true,
    lookup: (_host, _options, done) =>
      done(
        null,
        addresses.map(address => ({ address, family: isIP(address) })),
      ),
  })

/** How a connection ready for HTTP is made, to addresses that are allowed. Rejects once the attempt is over. */
export function makeDial({ arePrivateAllowed, resolve, connect, ca }: DialOptions): Dial {
  const isAllowed = (address: string) => arePrivateAllowed || isPublicAddress(address)

  return async (url, attempt) => {
    const host = hostOf(url)
    const found = isIP(host) === 0 ? await resolve(host, attempt.signal) : [host]
    attempt.signal.throwIfAborted()
    const addresses = found.filter(isAllowed)
    if (addresses.length === 0) throw new AttemptFailure('ADDRESS_NOT_ALLOWED')
    const isSecure = url.protocol === 'https:'
    const socket = connect(addresses, Number(url.port) || (isSecure ? 443 : 80))
    socket.on('error', () => {}) // whoever uses the socket gets the error too
    try {
      await once(socket, 'connect', { signal: attempt.signal })
      // This machine's routes may lead to another address than the one asked for.
      if (!isAllowed(socket.remoteAddress ?? '')) throw new AttemptFailure('ADDRESS_NOT_ALLOWED')
      attempt.isConnected = true
      return isSecure ? await shakeHands(socket, { host, ca, attempt }) : socket
    } catch (error) {
      socket.destroy()
      throw error
    }
  }
}

type Handshake = { host: string; ca: string | undefined; attempt: Attempt }

/** The certificate is verified even if the environment says otherwise (NODE_TLS_REJECT_UNAUTHORIZED). */
async function shakeHands(socket: Socket, { host, ca, attempt }: Handshake): Promise<Socket> {
  const secure = connectTls({
    socket,
    host,
    servername: isIP(host) === 0 ? host : '',
    ca,
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
  })
  secure.on('error', () => {}) // as above
  try {
    await once(secure, 'secureConnect', { signal: attempt.signal })
    return secure
  } catch (error) {
    throw new AttemptFailure('SSL_ERROR', { cause: error })
  }
}
