import type { Clock, Logger, Traces } from '#kit'
import { Connections, HttpServer } from '#serving'
import type { FileStore } from './files/file-store.ts'
import { type FilesPlace, openFileStore } from './files/open-file-store.ts'
import { deriveSecrets, type Secrets } from './keys/secrets.ts'
import { sendWithFaults } from './lab/faults/faulty-send.ts'
import { Lab } from './lab/lab.ts'
import { addBuyers, type LabParts } from './lab-parts.ts'
import { Bus } from './live/bus.ts'
import { makeApp, makeMetricsApp } from './make-app.ts'
import { assembleMarket, type Market } from './market.ts'
import type { OnDeliveryMoment } from './notify/delivery-moments.ts'
import { openPools, type Pools } from './pools.ts'
import { prepareDatabase } from './prepare-database.ts'
import { type Stopping, stopMarket } from './stop-market.ts'
import type { Layout } from './store/layout.ts'
import { startUpkeep } from './upkeep.ts'

export type MarketOptions = FilesPlace & {
  host: string
  /** 0 takes a free one. */
  port: number
  databaseUrl: string
  /** Where notifications are listened for, if the other URL leads to a pooler: the same database without it. */
  listenDatabaseUrl?: string | undefined
  /** Keys, page tokens, buyers' tokens and the admin token are made with it; the database belongs to it. */
  secret: string
  /** How files are addressed from outside; by default the address that the server listens on. */
  publicUrl?: string | undefined
  /** Where `/metrics` is then, and nowhere else; 0 takes a free port. */
  metricsPort?: number | undefined
  isHourlyLifted: boolean
  /** 0 lifts the limit. */
  maxParallel: number
  /** Whether notifications may go to private and local addresses, to any port and without TLS. */
  arePrivateWebhooksAllowed: boolean
  /** Requests are not written into the query log. */
  isQueryLogOff?: true
  /** How long a caller may read nothing of an answer that waits for it. */
  stalledAfterMs?: number | undefined
  /** Simulated buyers, faults, a clock that can be moved, snapshots; not for a market that serves people. */
  lab?: { seed: number } | undefined
  /** Where the desk is that this process serves too, once it does: `/` leads there. */
  findDesk?: (() => string | undefined) | undefined
  version: string
  clock: Clock
  /** Called at each moment of a delivery: tests end the process there. */
  onDeliveryMoment?: OnDeliveryMoment | undefined
  log: Logger
  /** Where traces go; undefined if nobody follows them. */
  traces?: Traces | undefined
}

export type RunningMarket = {
  url: string
  /** The one that is valid now: another after it was revoked. */
  readonly adminToken: string
  onNewAdminToken(listener: (token: string) => void): void
  /** The address of the metrics, if they have a port of their own. */
  metricsUrl: string | undefined
  market: Market & Partial<LabParts>
  /** A new link that signs in to the console once. */
  consoleUrl(): string
  /** Answers 503 to readiness, finishes what is under way (10 s at most), then closes. The first call decides how. */
  stop(how?: Stopping): Promise<void>
}

/** Starts a market server. Throws a Problem if the port is taken, the database is away or another's, or files cannot be stored. */
export async function startMarket(options: MarketOptions): Promise<RunningMarket> {
  const secrets = deriveSecrets(options.secret)
  const layout = await prepareDatabase(options, secrets.fingerprint)
  const files = await openFileStore(options, secrets.fingerprint)
  const pools = openPools({ ...options, layout })
  let url = ''
  let metricsUrl: string | undefined
  const publicUrl = () => options.publicUrl ?? url
  const { market, labParts } = assemble({ ...options, layout, secrets, files, publicUrl }, pools)
  const servers: HttpServer[] = []
  let stopUpkeep = () => {}
  let isStopping = false
  const stop = once((how?: Stopping) => {
    isStopping = true
    stopUpkeep()
    return stopMarket({ market, labParts, pools, servers }, how)
  })
  try {
    await labParts?.lab.readTime()
    await market.files.prepare(options.clock.now())
    await market.bus.start()
    await market.revocations.fresh()
    const isSecure = options.publicUrl?.startsWith('https:') ?? false
    const { version } = options
    const connections = new Connections(options)
    const about = { version, isSecure, isStopping: () => isStopping, hasMetrics: options.metricsPort === undefined }
    const serving = { ...about, labParts, findDesk: options.findDesk, leaseSql: pools.leaseSql, connections }
    const server = new HttpServer(await makeApp(market, serving), connections)
    servers.push(server)
    url = await server.listen(options)
    metricsUrl = await serveMetrics(market, options, servers)
    await market.deliverer.start()
    await labParts?.labBuyers.start()
    stopUpkeep = startUpkeep(market)
  } catch (error) {
    await stop()
    throw error
  }
  const consoleUrl = () => `${publicUrl()}/console#ticket=${market.consoleSessions.makeTicket()}`
  return {
    ...{ url, metricsUrl },
    get adminToken() {
      return market.adminToken.current
    },
    onNewAdminToken: listener => market.adminToken.onNew(listener),
    market: { ...market, ...labParts },
    consoleUrl,
    stop,
  }
}

/** A server of its own for the metrics, if they have a port. */
async function serveMetrics(
  market: Market,
  { host, metricsPort }: Pick<MarketOptions, 'host' | 'metricsPort'>,
  servers: HttpServer[],
): Promise<string | undefined> {
  if (metricsPort === undefined) return undefined
  const connections = new Connections()
  const server = new HttpServer(makeMetricsApp(market, connections), connections)
  servers.push(server)
  return `${await server.listen({ host, port: metricsPort, flag: '--metrics-port' })}/metrics`
}

type Assembling = Omit<MarketOptions, 'publicUrl'> & {
  layout: Layout
  secrets: Secrets
  files: FileStore
  publicUrl: () => string
}

/** The market, and the lab around it if there shall be one. */
function assemble(options: Assembling, pools: Pools): { market: Market; labParts: LabParts | undefined } {
  const { log, clock: machineClock, databaseUrl } = options
  const bus = new Bus(pools.sql, log)
  const lab = options.lab && new Lab({ ...options.lab, machineClock, databaseUrl, sql: pools.sql, bus, log })
  const market = assembleMarket({
    ...options,
    ...pools,
    bus,
    clock: lab?.clock ?? machineClock,
    machineClock,
    aroundSend: lab && (send => sendWithFaults(send, lab)),
    onSent: lab && ((notice, sent) => lab.tally.notification(notice, sent)),
  })
  return { market, labParts: lab && addBuyers(lab, market) }
}

function once<How>(work: (how?: How) => Promise<void>): (how?: How) => Promise<void> {
  let done: Promise<void> | undefined
  return how => {
    done ??= work(how)
    return done
  }
}
