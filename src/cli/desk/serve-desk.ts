import { join, resolve } from 'node:path'
import type { PrivatePostgres } from '#database'
import { type DeskOptions, type RunningDesk, startDesk } from '#desk'
import { type LogLevel, makeLog, makeTraces, Problem, systemClock } from '#kit'
import { findSecret } from '../data/find-secret.ts'
import { refuseFolder } from '../data/refuse-folder.ts'
import { Interrupt } from '../terminal/interrupt.ts'
import { print, printJson } from '../terminal/print.ts'
import { version } from '../terminal/version.ts'
import type { Texts } from '../texts/index.ts'
import { openDeskDatabase } from './desk-database.ts'
import { adoptNextSecret, findDeskSecret, nextFile } from './desk-secret.ts'

export type DeskFlags = {
  host: string
  port: number
  data: string
  databaseUrl?: string
  publicUrl?: string
  proxy?: string[]
  json?: true
  /** No link is made, and nothing printed: what a program prints may be kept where others read. */
  quiet?: true
  logLevel: LogLevel
}

/** Runs a desk until a signal; then stops everything. */
export async function serveDesk(flags: DeskFlags, texts: Texts): Promise<void> {
  // Listened for from the beginning: whoever stops a start half way leaves no PostgreSQL behind.
  using interrupt = new Interrupt()
  await using owned = new AsyncDisposableStack()
  const { host, port, publicUrl, proxy: proxies, databaseUrl } = flags
  const dataFolder = resolve(flags.data)
  const refuse = refuseFolder(dataFolder, texts)
  const log = await makeLog(flags.logLevel)
  const traces = await makeTraces(process.env, { service: 'prilavok-desk', version })
  owned.defer(async () => traces?.stop())
  const secret = await findDeskSecret(dataFolder, texts)
  const database = await openDeskDatabase({ dataFolder, databaseUrl, isUsed: secret.isUsed, log }, texts)
  owned.defer(async () => database.postgres?.stop())
  const options = { host, port, publicUrl, proxies, log, traces, databaseUrl: database.url, ...deskBasis(dataFolder) }
  const running = await startWithSecret({ ...options, secret: await secret.require() }, dataFolder, texts).catch(refuse)
  owned.defer(() => running.stop())
  if (!flags.quiet) await printReady(running, { isJson: flags.json === true }, texts)
  await Promise.race([interrupt.come(), died(database.postgres)])
}

async function printReady(running: RunningDesk, { isJson }: { isJson: boolean }, { desk }: Texts): Promise<void> {
  const link = await running.ownerLink(desk.owner)
  if (isJson) printJson({ ready: true, desk: running.url, link })
  else print(desk.ready(running.url, link))
}

/** What every desk of a data folder has. */
export function deskBasis(dataFolder: string) {
  return { filesFolder: join(dataFolder, 'desk-files'), version, clock: systemClock }
}

/** With the secret of the folder, or with the next one if a rotation was cut short after the database had taken it. */
export async function startWithSecret(options: DeskOptions, dataFolder: string, texts: Texts): Promise<RunningDesk> {
  try {
    return await startDesk(options)
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'otherDeskSecret') throw error
    const next = await findSecret(dataFolder, texts, nextFile)
    if (!next.isUsed) throw error
    const running = await startDesk({ ...options, secret: await next.require() })
    await adoptNextSecret(dataFolder)
    return running
  }
}

function died(postgres: PrivatePostgres | undefined): Promise<never> {
  return new Promise((_resolve, reject) => postgres?.onEnd(reject))
}
