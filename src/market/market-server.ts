import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Problem } from '#kit'
import { registerBuyer } from './buyers/register-buyer.ts'
import { registerAdmin } from './cabinet/register-admin.ts'
import { registerConsole } from './console/register-console.ts'
import { registerFiles } from './files/serve-file.ts'
import { Connections } from './http/connections.ts'
import { registerDocuments } from './http/documents.ts'
import type { Gate } from './http/gate.ts'
import { registerHealth } from './http/health.ts'
import { registerPublished } from './http/published-routes.ts'
import { makeServer } from './http/server.ts'
import { handlersWithFaults, hourlyWithFaults } from './lab/faulty-http.ts'
import { hasLab } from './lab/market-with-lab.ts'
import { registerLab } from './lab/register-lab.ts'
import { type Market, publishedHandlers } from './market.ts'
import type { Handlers } from './operation-handler.ts'

type Serving = { version: string; isSecure: boolean; isStopping: () => boolean }
type Place = { host: string; port: number }

const stopPatienceMs = 10_000

/** The HTTP server of a market, with every path that it has. */
export class MarketServer {
  readonly #app: FastifyInstance
  readonly #connections: Connections

  private constructor(app: FastifyInstance) {
    this.#app = app
    this.#connections = new Connections(app)
  }

  static async make(market: Market, { version, isSecure, isStopping }: Serving): Promise<MarketServer> {
    const app = makeServer(market)
    const server = new MarketServer(app)
    registerHealth(app, { ...market, isStopping })
    await registerDocuments(app, { version, hasLab: hasLab(market) })
    registerPublished(app, ...publishedApi(market))
    await registerAdmin(app, market, version)
    await registerBuyer(app, market, version)
    if (hasLab(market)) await registerLab(app, market, version)
    registerFiles(app, { ...market, adminToken: market.secrets.adminToken })
    await registerConsole(app, { ...market, version, isSecure, hasLab: hasLab(market) })
    return server
  }

  /** Returns where it is. Throws a Problem if it cannot be there. */
  async listen({ host, port }: Place): Promise<string> {
    await this.#app.listen({ host, port }).catch(error => refusePlace(error, { host, port }))
    const { address, port: taken } = this.#app.server.address() as AddressInfo // it listens on a port, not on a pipe
    const isEverywhere = address === '0.0.0.0' || address === '::'
    return `http://${isEverywhere ? 'localhost' : address.includes(':') ? `[${address}]` : address}:${taken}`
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

/** The gate and the handlers of the published API, in which a lab makes things go wrong. */
function publishedApi(market: Market): [Omit<Market, 'hourly'> & Gate, Handlers] {
  const handlers = publishedHandlers(market)
  if (!hasLab(market)) return [market, handlers]
  const hourly = hourlyWithFaults(market.hourly, market.lab)
  return [{ ...market, hourly }, handlersWithFaults(handlers, market.lab)]
}

function refusePlace(error: unknown, { host, port }: Place): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    throw new Problem(`Port ${port} on ${host} is taken: stop what runs there, or give --port (0 takes a free one).`)
  if (code === 'EACCES') throw new Problem(`Port ${port} on ${host} needs more rights: give --port above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    throw new Problem(`This machine has no address ${host}: check --host.`)
  throw error
}
