import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parallelRequestsDefault } from '#contract'
import { startTemporaryPostgres } from '#database'
import { makeLog, systemClock } from '#kit'
import { type RunningMarket, startMarket } from '#market'
import { checkDatabaseUrl } from '../serve/check-database-url.ts'
import { Signals } from '../terminal/signals.ts'
import { version } from '../terminal/version.ts'
import { makeSimCabinet } from './make-business.ts'
import { runProgram } from './run-program.ts'
import type { SimFlags } from './sim-command.ts'

type Say = (line: string) => void

/** Runs the command beside an empty market, stops everything, and returns the exit code of the command. */
export async function simExec(command: string[], flags: SimFlags): Promise<number> {
  const say: Say = flags.verbose ? complain : () => {}
  const signals = new Signals()
  await using owned = new AsyncDisposableStack()
  const startedAt = performance.now()
  const variables = await startEmptyMarket(flags, owned, say)
    .then(makeSimCabinet)
    .catch(error => {
      // Ctrl-C in a terminal interrupts what makes the database, too.
      if (!signals.first) throw error
    })
  if (!variables || signals.first) return 128 + constants.signals[signals.first ?? 'SIGINT']
  say(`the market is ready at ${variables.PRILAVOK_URL} after ${Math.round(performance.now() - startedAt)} ms`)
  const code = await runProgram(command, { ...ownVariables(), ...variables }, signals)
  say(`the command has ended with ${code}`)
  return code
}

function complain(line: string): void {
  console.error(`prilavok: ${line}`)
}

async function startEmptyMarket(flags: SimFlags, owned: AsyncDisposableStack, say: Say): Promise<RunningMarket> {
  const { databaseUrl, folder } = await findPlace(flags, owned, say)
  const running = await startMarket({
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    filesFolder: join(folder, 'files'),
    secret: randomBytes(32).toString('base64url'),
    isHourlyLifted: !flags.rateLimits,
    parallelMost: flags.rateLimits ? parallelRequestsDefault : 0,
    arePrivateWebhooksAllowed: true,
    lab: { seed: flags.seed },
    version,
    clock: systemClock,
    log: makeLog('error'),
  })
  owned.defer(() => running.stop())
  return running
}

async function findPlace({ databaseUrl }: SimFlags, owned: AsyncDisposableStack, say: Say) {
  const given = checkDatabaseUrl(databaseUrl)
  if (given !== undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'prilavok-run-'))
    owned.defer(() => rm(folder, { recursive: true, force: true }))
    return { databaseUrl: given, folder }
  }
  const postgres = await startTemporaryPostgres(say)
  owned.defer(() => postgres.stop())
  postgres.onExit(() => complain('PostgreSQL has stopped by itself: the market answers no more.'))
  return { databaseUrl: postgres.url('postgres'), folder: postgres.folder }
}

/** The environment that was given to us; a database that is meant for a market of one's own is none of the command's. */
function ownVariables(): NodeJS.ProcessEnv {
  const { PRILAVOK_DATABASE_URL: _, ...rest } = process.env
  return rest
}
