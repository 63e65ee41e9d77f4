import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parallelRequestsDefault } from '#contract'
import { startTemporaryPostgres } from '#database'
import { makeLog, systemClock } from '#kit'
import { type RunningMarket, startMarket } from '#market'
import { checkDatabaseUrl } from '../data/check-database-url.ts'
import { Interrupt, type Signal } from '../terminal/interrupt.ts'
import { say } from '../terminal/print.ts'
import { version } from '../terminal/version.ts'
import type { Texts } from '../texts/index.ts'
import { type CoverageFlags, reportCoverage } from './coverage/report-coverage.ts'
import { makeSimBusiness } from './make-sim-business.ts'
import { runProgram } from './run-program.ts'

/** What `sim exec` is told. Its flags have no variables: those of a CI are meant for other programs. */
export type SimFlags = { databaseUrl?: string; rateLimits: boolean; seed: number; verbose?: true } & CoverageFlags

/** What would end this process, which lives on to pass it on. */
const passedOn: Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

type Means = { owned: AsyncDisposableStack; texts: Texts; tell: (line: string) => void }

/** Runs the command beside an empty market, stops everything, and returns the exit code of the command. */
export async function simExec(command: string[], flags: SimFlags, texts: Texts): Promise<number> {
  const tell = flags.verbose ? complain : () => {}
  using interrupt = new Interrupt(passedOn)
  interrupt.passTo(() => {}) // a second one waits as well, until all that was begun is stopped
  await using owned = new AsyncDisposableStack()
  const startedAt = performance.now()
  const variables = await startEmptyMarket(flags, { owned, texts, tell })
    .then(running => makeSimBusiness(running, texts))
    .catch(error => {
      // Ctrl-C in a terminal interrupts what makes the database, too.
      if (!interrupt.first) throw error
    })
  if (!variables || interrupt.first) return 128 + constants.signals[interrupt.first ?? 'SIGINT']
  tell(texts.sim.ready(variables.PRILAVOK_URL, Math.round(performance.now() - startedAt)))
  const environment = { ...ownVariables(), ...variables }
  const code = await runProgram(command, { environment, interrupt, texts })
  tell(texts.sim.ended(code))
  const place = { url: variables.PRILAVOK_URL, adminToken: variables.PRILAVOK_ADMIN_TOKEN }
  const isEnough = await reportCoverage(place, flags, texts)
  return code === 0 && !isEnough ? 1 : code
}

function complain(line: string): void {
  say(`prilavok: ${line}`)
}

async function startEmptyMarket(flags: SimFlags, means: Means): Promise<RunningMarket> {
  const { databaseUrl, folder } = await findDatabase(flags, means)
  const running = await startMarket({
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    filesFolder: join(folder, 'files'),
    secret: randomBytes(32).toString('base64url'),
    isHourlyLifted: !flags.rateLimits,
    maxParallel: flags.rateLimits ? parallelRequestsDefault : 0,
    arePrivateWebhooksAllowed: true,
    lab: { seed: flags.seed },
    version,
    clock: systemClock,
    log: await makeLog('error'),
  })
  means.owned.defer(() => running.stop())
  return running
}

async function findDatabase({ databaseUrl }: SimFlags, { owned, texts, tell }: Means) {
  const given = checkDatabaseUrl(databaseUrl, texts)
  if (given !== undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'prilavok-run-'))
    owned.defer(() => rm(folder, { recursive: true, force: true }))
    return { databaseUrl: given, folder }
  }
  const postgres = await startTemporaryPostgres(tell)
  owned.defer(() => postgres.stop())
  postgres.onEnd(() => complain(texts.sim.postgresEnded))
  return { databaseUrl: postgres.url('postgres'), folder: postgres.folder }
}

/** The environment that was given to us; a database that is meant for a market of one's own is none of the command's. */
function ownVariables(): NodeJS.ProcessEnv {
  const { PRILAVOK_DATABASE_URL: _, ...rest } = process.env
  return rest
}
