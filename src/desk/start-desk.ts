import type { Clock, Logger, Traces } from '#kit'
import { Connections, HttpServer } from '#serving'
import { makeOwnerLink } from './accounts/links.ts'
import type { DeskApiNeeds } from './api/register-desk.ts'
import { deriveSecrets } from './cabinets/secrets.ts'
import { assembleDesk, type Desk, type DeskParts } from './desk.ts'
import { makeApp } from './make-app.ts'
import { openPools } from './pools.ts'
import { prepareDatabase } from './prepare-database.ts'
import { stopDesk } from './stop-desk.ts'
import { isTrickleOn } from './store/settings.ts'

type Choices = Pick<DeskParts, 'leaseTtlMs' | 'sweepEveryMs' | 'fetch' | 'onOutboxMoment' | 'settleWaitsMs'>

export type DeskOptions = Choices & {
  host: string
  /** 0 takes a free one. */
  port: number
  /** The flag of the command line that says which port, if it is another than --port. */
  flag?: string
  databaseUrl: string
  filesFolder: string
  /** The keys of markets are sealed with it; the database belongs to it. */
  secret: string
  /** How the desk is addressed from outside; by default the address that the server listens on. */
  publicUrl?: string | undefined
  /** Proxies in front, by address or network: who is behind them is who signs in, for the limits of attempts. */
  proxies?: readonly string[] | undefined
  version: string
  clock: Clock
  log: Logger
  /** Where traces go; undefined if nobody follows them. */
  traces?: Traces | undefined
  /** Whether simulated buyers write now and then, where somebody can say so. */
  trickle?: DeskApiNeeds['trickle']
}

export type RunningDesk = {
  url: string
  desk: Desk
  /** A new link that signs the owner in once. The first time the owner is made, and called so. */
  ownerLink(name?: string): Promise<string>
  /** Finishes what is under way and gives the cabinets back. */
  stop(): Promise<void>
}

/** Starts a desk. Throws a Problem if the port is taken, or the database is away or sealed with another secret. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const { databaseUrl, secret, version, trickle, clock, traces, proxies } = options
  const secrets = deriveSecrets(secret)
  const pools = openPools(options)
  const desk = assembleDesk({ ...options, ...pools, secrets })
  const connections = new Connections()
  let url = ''
  const publicUrl = () => options.publicUrl ?? url
  const serving = { trickle, hasLab: trickle !== undefined, publicUrl, version }
  let server: HttpServer | undefined
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= stopDesk({ desk, pools, server })
    return stopping
  }
  try {
    await prepareDatabase(databaseUrl, secrets.fingerprint)
    await trickle?.set(await isTrickleOn(pools.sql))
    await desk.files.prepare(clock.now())
    await desk.bus.start()
    const isSecure = options.publicUrl?.startsWith('https:') ?? false
    const isStopping = () => stopping !== undefined
    const app = await makeApp({
      desk: { ...desk, ...serving, traces, isSecure },
      version,
      isStopping,
      proxies,
      connections,
    })
    server = new HttpServer(app, connections)
    url = await server.listen(options)
    await desk.leases.start()
  } catch (error) {
    await stop()
    throw error
  }
  return { url, desk, ownerLink: name => makeOwnerLink({ ...desk, publicUrl }, name), stop }
}
