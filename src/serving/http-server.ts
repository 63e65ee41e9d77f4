import type { FastifyInstance } from 'fastify'
import { codeOf, Problem } from '#kit'
import type { Connections } from './connections/connections.ts'

/** `flag`: the one that says which port. */
type Address = { host: string; port: number; flag?: string }

const stopPatienceMs = 10_000

/** A server that can be reached at an address, and that finishes what is under way when it is closed. */
export class HttpServer {
  readonly #app: FastifyInstance
  readonly #connections: Connections

  /** The connections are those that the app was made with. */
  constructor(app: FastifyInstance, connections: Connections) {
    this.#app = app
    this.#connections = connections
  }

  /** Returns its URL. Throws a Problem if it cannot be there. */
  async listen({ host, port, flag = '--port' }: Address): Promise<string> {
    await this.#app.listen({ host, port }).catch(error => refuseAddress(error, { host, port, flag }))
    const bound = this.#app.server.address()
    if (bound === null || typeof bound === 'string') throw new TypeError('an HTTP server listens on a port')
    const { address, port: taken } = bound
    const isEverywhere = address === '0.0.0.0' || address === '::'
    return `http://${isEverywhere ? 'localhost' : address.includes(':') ? `[${address}]` : address}:${taken}`
  }

  /** Still serves everybody, and asks those whom it answers to connect anew. */
  leave(): void {
    this.#connections.leave()
  }

  /** Finishes what is under way, 10 s at most. */
  async close(): Promise<void> {
    const patience = setTimeout(() => this.#app.server.closeAllConnections(), stopPatienceMs)
    const closed = this.#app.close()
    this.#connections.stop()
    await closed
    clearTimeout(patience)
  }
}

function refuseAddress(error: unknown, { host, port, flag }: Required<Address>): never {
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    throw new Problem(`Port ${port} on ${host} is taken: stop what runs there, or give ${flag} (0 takes a free one).`, {
      kind: 'portTaken',
      facts: { port, host, flag },
    })
  if (code === 'EACCES')
    throw new Problem(`Port ${port} on ${host} needs more rights: give ${flag} above 1023.`, {
      kind: 'portForbidden',
      facts: { port, host, flag },
    })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    throw new Problem(`This machine has no address ${host}: check --host.`, { kind: 'noAddress', facts: { host } })
  throw error
}
