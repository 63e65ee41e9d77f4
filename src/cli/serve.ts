import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { makeLog, type PrivatePostgres, Problem, startPrivatePostgres, systemClock } from '#kit'
import { type Demo, ensureDemo, type RunningMarket, startMarket } from '#market'
import type { Flags } from './flags.ts'
import { refuseFolder } from './refuse-folder.ts'
import { findSecret } from './secret.ts'
import { version } from './version.ts'

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
    const databaseUrl = checkUrl(flags.databaseUrl) ?? postgres?.url('postgres') ?? ''
    const running = await startMarket({
      host: flags.host,
      port: flags.port,
      databaseUrl,
      filesFolder: join(dataFolder, 'files'),
      secret,
      publicUrl: flags.publicUrl,
      isHourlyLifted: !flags.rateLimits,
      parallelMost: flags.rateLimits ? flags.parallelLimit : 0,
      version,
      clock: systemClock,
      log: makeLog(flags.logLevel),
    }).catch(refuseFolder(dataFolder))
    try {
      const demo = flags.demo ? await ensureDemo(running.market).catch(refuseFolder(dataFolder)) : undefined
      const photo = join(dataFolder, 'photo.png')
      if (demo) await writeFile(photo, demo.photo).catch(refuseFolder(dataFolder))
      onReady({ running, demo, photo, dataFolder: flags.data, isPrivate: postgres !== undefined })
      await Promise.race([signal, died(postgres)])
    } finally {
      await running.stop()
    }
  } finally {
    await postgres?.stop()
  }
}

function checkUrl(url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol) && isDecodable(url)) return url
  throw new Problem(
    'The database URL cannot be read: it must look like postgres://user:password@host:5432/name, with a % in them written %25.',
  )
}

/** Whether every part of it is what it means: a `%` must begin two hex digits of UTF-8. */
function isDecodable(url: string): boolean {
  try {
    return decodeURIComponent(url) !== ''
  } catch {
    return false // the one thing that decoding throws for
  }
}

/** Resolves at Ctrl-C or SIGTERM; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise(resolve => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    const onSignal = () => {
      for (const signal of signals) process.off(signal, onSignal).once(signal, () => process.exit(130))
      resolve()
    }
    for (const signal of signals) process.on(signal, onSignal)
  })
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
