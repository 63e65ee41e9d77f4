import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { type Clock, type Logger, Problem } from '#kit'
import { registerBuyer } from './buyers/register-buyer.ts'
import { registerAdmin } from './cabinet/register-admin.ts'
import { registerFiles } from './files/serve-file.ts'
import { Connections } from './http/connections.ts'
import { registerDocuments } from './http/documents.ts'
import { registerHealth } from './http/health.ts'
import { registerPublished } from './http/published-routes.ts'
import { makeServer } from './http/server.ts'
import { assembleMarket, type Market, publishedHandlers } from './market.ts'
import { prepareDatabase } from './prepare-database.ts'
import { deriveSecrets } from './secrets.ts'
import { connect } from './store/connect.ts'
import { startUpkeep } from './upkeep.ts'

export type MarketOptions = {
  host: string
  /** 0 takes a free one. */
  port: number
  databaseUrl: string
  filesFolder: string
  /** Keys, page tokens, buyers' tokens and the admin token are made with it; the database belongs to it. */
  secret: string
  /** How files are addressed from outside; by default the address that the server listens on. */
  publicUrl?: string | undefined
  isHourlyLifted: boolean
  /** 0 lifts the limit. */
  parallelMost: number
  version: string
  clock: Clock
  log: Logger
}

export type RunningMarket = {
  url: string
  adminToken: string
  market: Market
  /** Answers 503 to readiness, finishes what is under way (10 s at most), then closes. */
  stop(): Promise<void>
}

type App = { app: FastifyInstance; connections: Connections }

const poolMost = 16
const stopPatienceMs = 10_000
const lastWorkMs = 1_000

/** Starts a market server. Throws a Problem if the port is taken, or the database is away or another's. */
export async function startMarket(options: MarketOptions): Promise<RunningMarket> {
  const secrets = deriveSecrets(options.secret)
  const sql = connect(options.databaseUrl, { max: poolMost, name: 'market' })
  const countingSql = connect(options.databaseUrl, { max: 1, name: 'counting', synchronousCommit: 'off' })
  const close = () => Promise.all([sql.end(), countingSql.end()])
  let url = ''
  const publicUrl = () => options.publicUrl ?? url
  const market = assembleMarket({ ...options, sql, countingSql, secrets, publicUrl })
  try {
    await prepareDatabase(options.databaseUrl, secrets.fingerprint)
    await market.files.prepare(market.clock.now())
    await market.bus.start()
    let isStopping = false
    const { app, connections } = await makeApp(market, options, () => isStopping)
    url = await listen(app, options)
    const stopUpkeep = startUpkeep(market)
    const stop = async () => {
      isStopping = true
      stopUpkeep()
      await closeServer({ app, connections })
      await atMost(lastWorkMs, Promise.all([market.hourly.stop(), saveUses(market), market.bus.stop()]))
      await close()
    }
    return { url, adminToken: secrets.adminToken, market, stop: once(stop) }
  } catch (error) {
    await market.bus.stop()
    await close()
    throw error
  }
}

async function saveUses({ keyring, log }: Market): Promise<void> {
  await keyring.saveUses().catch(error => log.warn({ err: error }, 'last uses of keys were not saved'))
}

/** The database may be away for good: a stop does not wait for it. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, after(ms, undefined, { ref: false })])
}

async function makeApp(market: Market, { version }: MarketOptions, isStopping: () => boolean): Promise<App> {
  const app = makeServer(market)
  const connections = new Connections(app)
  registerHealth(app, { ...market, isStopping })
  await registerDocuments(app, version)
  registerPublished(app, market, publishedHandlers(market))
  await registerAdmin(app, market, version)
  await registerBuyer(app, market, version)
  registerFiles(app, { ...market, adminToken: market.secrets.adminToken })
  return { app, connections }
}

async function listen(app: FastifyInstance, { host, port }: MarketOptions): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE')
      throw new Problem(`Port ${port} on ${host} is taken: stop what runs there, or give --port (0 takes a free one).`)
    if (code === 'EACCES') throw new Problem(`Port ${port} on ${host} needs more rights: give --port above 1023.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Problem(`This machine has no address ${host}: check --host.`)
    throw error
  }
  const { address, port: taken } = app.server.address() as AddressInfo // it listens on a port, not on a pipe
  const isEverywhere = address === '0.0.0.0' || address === '::'
  return `http://${isEverywhere ? 'localhost' : address.includes(':') ? `[${address}]` : address}:${taken}`
}

async function closeServer({ app, connections }: App): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), stopPatienceMs)
  const closed = app.close()
  connections.stop()
  await closed
  clearTimeout(patience)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
