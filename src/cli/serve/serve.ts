import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type PrivatePostgres, startPrivatePostgres } from '#database'
import { makeLog, Problem, systemClock } from '#kit'
import { type Demo, ensureDemo, type RunningMarket, startMarket } from '#market'
import { announce } from '../connection/running-file.ts'
import { refuseFolder } from '../terminal/error-code.ts'
import type { Flags } from '../terminal/flags.ts'
import { signalled } from '../terminal/signals.ts'
import { version } from '../terminal/version.ts'
import { checkDatabaseUrl } from './check-database-url.ts'
import { findSecret } from './find-secret.ts'

export type Served = {
  running: RunningMarket
  demo: Demo | undefined
  /** The path of a picture to send in the first conversation. */
  photo: string
  /** Where the data is, as a person would look for it. */
  dataFolder: string
  isPrivate: boolean
}

/** Starts what the flags ask for, tells the caller when it is ready, and stays until a signal; then stops everything. */
export async function serve(flags: Flags, onReady: (served: Served) => void): Promise<void> {
  // Listened for from the beginning: whoever stops a start half way leaves no PostgreSQL behind.
  const signal = signalled()
  const dataFolder = resolve(flags.data)
  const secret = await findSecret(dataFolder)
  const say = (line: string) => console.error(line)
  const postgres =
    flags.databaseUrl === undefined ? await startPrivatePostgres({ dataDir: dataFolder, say }) : undefined
  try {
    const databaseUrl = checkDatabaseUrl(flags.databaseUrl) ?? postgres?.url('postgres') ?? ''
    const running = await startMarket({
      host: flags.host,
      port: flags.port,
      databaseUrl,
      filesFolder: join(dataFolder, 'files'),
      secret,
      publicUrl: flags.publicUrl,
      isHourlyLifted: !flags.rateLimits,
      parallelMost: flags.rateLimits ? flags.parallelLimit : 0,
      arePrivateWebhooksAllowed: flags.allowPrivateWebhooks === true,
      lab: flags.lab ? { seed: flags.seed } : undefined,
      version,
      clock: systemClock,
      log: makeLog(flags.logLevel),
    }).catch(refuseFolder(dataFolder))
    try {
      const demo = flags.demo ? await ensureDemo(running.market).catch(refuseFolder(dataFolder)) : undefined
      const photo = join(dataFolder, 'photo.png')
      if (demo) await writeFile(photo, demo.photo).catch(refuseFolder(dataFolder))
      const { url, adminToken } = running
      const withdraw = await announce(dataFolder, { url, adminToken, businessId: demo?.businessId }).catch(
        refuseFolder(dataFolder),
      )
      onReady({ running, demo, photo, dataFolder: flags.data, isPrivate: postgres !== undefined })
      await Promise.race([signal, died(postgres)]).finally(withdraw)
    } finally {
      await running.stop()
    }
  } finally {
    await postgres?.stop()
  }
}

function died(postgres: PrivatePostgres | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    postgres?.onExit(() =>
      reject(
        new Problem(`PostgreSQL has stopped by itself: see ${join(postgres.where, 'postgres.log')}, then start again.`),
      ),
    )
  })
}
