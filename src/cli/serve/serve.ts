import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type PrivatePostgres, startPrivatePostgres } from '#database'
import { type Logger, type LogLevel, makeLog, makeTraces, systemClock, type Traces } from '#kit'
import {
  type Demo,
  ensureDemo,
  type RunningMarket,
  readS3Url,
  requireLabAlone,
  type S3Place,
  startMarket,
} from '#market'
import { announce } from '../connection/running-file.ts'
import { checkDatabaseUrl } from '../data/check-database-url.ts'
import { findSecret } from '../data/find-secret.ts'
import { refuseFolder } from '../data/refuse-folder.ts'
import { type DemoDesk, startDemoDesk } from '../desk/demo-desk.ts'
import { Interrupt } from '../terminal/interrupt.ts'
import { say } from '../terminal/print.ts'
import { version } from '../terminal/version.ts'
import type { Texts } from '../texts/index.ts'
import { renewToken } from './renew-token.ts'

/** What `up` and `market` are told. */
export type ServeFlags = {
  host: string
  port: number
  metricsPort?: number
  data: string
  /** The bucket where files are; by default they are in the data folder. */
  files?: string
  databaseUrl?: string
  listenDatabaseUrl?: string
  publicUrl?: string
  demo?: true
  json?: true
  /** Nothing is printed but the log: what a program prints may be kept where others read. */
  quiet?: true
  parallelLimit: number
  rateLimits: boolean
  allowPrivateWebhooks?: true
  lab?: true
  seed: number
  logLevel: LogLevel
  /** False: `up` starts no desk. */
  desk?: boolean
  /** Of the desk of `up`; without it the port after the market's. */
  deskPort?: number
  /** Seconds; undefined if nobody has said. */
  lameDuck?: number
}

export type Served = {
  running: RunningMarket
  demo: Demo | undefined
  /** The path of a picture to send in the first conversation. */
  photo: string
  /** Where the data is, as a person would look for it. */
  dataFolder: string
  /** Where the files of the private PostgreSQL really are; undefined on a database that was given. */
  postgresFolder: string | undefined
  /** Undefined if files are in the data folder. */
  filesBucket: S3Place | undefined
  /** The desk that `up` has started beside the market. */
  desk: DemoDesk | undefined
}

export type ServeStep = keyof Texts['serve']['steps']

type Told = { onReady: (served: Served) => void; onStep?: (step: ServeStep) => void }

/** Starts what the flags ask for, tells the caller when it is ready, and stays until a signal; then stops everything. */
export async function serve(flags: ServeFlags, texts: Texts, { onReady, onStep = () => {} }: Told): Promise<void> {
  // Listened for from the beginning: whoever stops a start half way leaves no PostgreSQL behind.
  using interrupt = new Interrupt()
  await using owned = new AsyncDisposableStack()
  const dataFolder = resolve(flags.data)
  const refuse = refuseFolder(dataFolder, texts)
  const secret = await findSecret(dataFolder, texts)
  const givenUrl = checkDatabaseUrl(flags.databaseUrl, texts)
  const filesBucket = flags.files === undefined ? undefined : readS3Url(flags.files, process.env)
  const log = await makeLog(flags.logLevel)
  const traces = await makeTraces(process.env, { service: 'prilavok-market', version })
  owned.defer(async () => traces?.stop())
  if (givenUrl === undefined) onStep('postgres')
  const postgres =
    givenUrl === undefined
      ? await startPrivatePostgres({ dataDir: dataFolder, say, log, isUsed: secret.isUsed })
      : undefined
  owned.defer(async () => postgres?.stop())
  const databaseUrl = givenUrl ?? postgres?.url('postgres') ?? ''
  const listenDatabaseUrl = checkDatabaseUrl(flags.listenDatabaseUrl, texts)
  const kept = { dataFolder, filesBucket, secret: await secret.require() }
  const basis = { databaseUrl, listenDatabaseUrl, ...kept, log, traces }
  if (givenUrl !== undefined) await requireLabAlone(givenUrl, { isLab: flags.lab === true })
  onStep('market')
  let desk: DemoDesk | undefined
  const findDesk = () => desk && `${desk.url}/desk`
  const running = await startMarketFor(flags, { ...basis, findDesk }).catch(refuse)
  owned.defer(() => running.stop({ lameDuckMs: lameDuckMs(flags, interrupt) }))
  if (flags.demo) onStep('demo')
  const demo = flags.demo ? await ensureDemo(running.market).catch(refuse) : undefined
  const photo = join(dataFolder, 'photo.png')
  if (demo) await writeFile(photo, demo.photo).catch(refuse)
  const announceIt = () => {
    const { url, adminToken } = running
    const beside = { businessId: demo?.businessId, deskUrl: desk?.url }
    return announce(dataFolder, { url, adminToken, ...beside }, texts).catch(refuse)
  }
  owned.defer(await announceIt())
  renewToken(running, { announce: announceIt, dataFolder: flags.data, isShown: !(flags.json || flags.quiet) }, texts)
  if (flags.desk && demo) onStep('desk')
  desk = await startDeskOf(flags, { ...basis, running, demo, host: flags.host, log }, texts).catch(refuse)
  owned.defer(async () => desk?.stop())
  if (desk) await announceIt()
  onReady({ running, demo, photo, dataFolder: flags.data, postgresFolder: postgres?.where, filesBucket, desk })
  await Promise.race([interrupt.come(), died(postgres)])
}

type Basis = {
  databaseUrl: string
  listenDatabaseUrl: string | undefined
  dataFolder: string
  filesBucket: S3Place | undefined
  secret: string
  findDesk: () => string | undefined
  log: Logger
  traces: Traces | undefined
}

// Longer than a balancer that asks every two seconds needs to notice, and within the ten that Docker leaves.
const lameDuckSecondsDefault = 5

/** For a supervisor's SIGTERM. Whoever presses Ctrl-C does not wait; nor, unless it was asked for, a market that no other can stand in for. */
function lameDuckMs({ lameDuck, databaseUrl }: ServeFlags, { first }: Interrupt): number {
  if (first !== 'SIGTERM') return 0
  return 1_000 * (lameDuck ?? (databaseUrl === undefined ? 0 : lameDuckSecondsDefault))
}

function startMarketFor(flags: ServeFlags, { dataFolder, ...basis }: Basis): Promise<RunningMarket> {
  return startMarket({
    ...basis,
    host: flags.host,
    port: flags.port,
    filesFolder: join(dataFolder, 'files'),
    publicUrl: flags.publicUrl,
    metricsPort: flags.metricsPort,
    isHourlyLifted: !flags.rateLimits,
    maxParallel: flags.rateLimits ? flags.parallelLimit : 0,
    arePrivateWebhooksAllowed: flags.allowPrivateWebhooks === true,
    lab: flags.lab ? { seed: flags.seed } : undefined,
    version,
    clock: systemClock,
  })
}

type BesideMarket = Omit<Parameters<typeof startDemoDesk>[0], 'demo' | 'port'> & { demo: Demo | undefined }

/** The desk of `up`, which has a demo business. */
async function startDeskOf(flags: ServeFlags, beside: BesideMarket, texts: Texts): Promise<DemoDesk | undefined> {
  const { demo } = beside
  if (!flags.desk || demo === undefined) return undefined
  return startDemoDesk({ ...beside, demo, port: flags.deskPort ?? portAfter(flags.port) }, texts)
}

/** A market on any port has its desk on any port. */
function portAfter(port: number): number {
  return port === 0 || port === 65_535 ? 0 : port + 1
}

function died(postgres: PrivatePostgres | undefined): Promise<never> {
  return new Promise((_resolve, reject) => postgres?.onEnd(reject))
}
