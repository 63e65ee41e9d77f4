import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { connect, identifier, type Sql, startTemporaryPostgres, type TemporaryPostgres } from '#database'
import { type Logger, makeLog, systemClock } from '#kit'
import { type RunningMarket, startMarket } from '#market'
import manifest from '../../../package.json' with { type: 'json' }
import type { Opened } from '../link/protocol.ts'
import { HostedMarket } from './hosted-market.ts'
import { makeBusiness } from './make-business.ts'

const template = 'market_template'
const secret = 'a secret of the tests'
/** Each market has about twenty. */
const settings = { max_connections: '400' }

type Options = { rateLimits: boolean; seed: number; onSettled?: () => void }
type Beginning = Awaited<ReturnType<typeof makeBusiness>>

/** One private PostgreSQL, with a database in which a market has begun, from which each market's own is cloned. */
export class Markets {
  readonly #postgres: TemporaryPostgres
  readonly #sql: Sql
  readonly #log: Logger
  readonly #beginning: Promise<Beginning>
  #made = 0

  static async start(): Promise<Markets> {
    const postgres = await startTemporaryPostgres(() => {}, settings)
    return new Markets(postgres, await makeLog('error'))
  }

  private constructor(postgres: TemporaryPostgres, log: Logger) {
    this.#postgres = postgres
    this.#log = log
    // Whoever copies a database on a busy machine waits.
    this.#sql = connect(postgres.url('postgres'), { max: 2, name: 'tests', isPatient: true })
    this.#beginning = this.#makeTemplate()
  }

  async open(options: Omit<Options, 'onSettled'>): Promise<HostedMarket> {
    const beginning = await this.#beginning
    const marketId = ++this.#made
    const database = identifier(`market_${marketId}`)
    await this.#sql`create database ${database} template ${identifier(template)} strategy file_copy`
    const listeners = { onSettled: () => {} }
    const running = await this.#startOn(`market_${marketId}`, { ...options, onSettled: () => listeners.onSettled() })
    const { url, adminToken } = running
    const facts: Opened = { marketId, url, adminToken, ...beginning }
    const remove = async () => void (await this.#sql`drop database ${database} with (force)`)
    const market = new HostedMarket({ facts, running, remove })
    listeners.onSettled = () => market.onSettled()
    return market
  }

  async stop(): Promise<void> {
    await this.#sql.end()
    await this.#postgres.stop()
  }

  async #makeTemplate(): Promise<Beginning> {
    await this.#sql`create database ${identifier(template)}`
    const running = await this.#startOn(template, { rateLimits: false, seed: 1 })
    const beginning = await makeBusiness(running)
    await running.stop()
    return beginning
  }

  #startOn(database: string, { rateLimits, seed, onSettled }: Options): Promise<RunningMarket> {
    return startMarket({
      ...{ host: '127.0.0.1', port: 0, secret, lab: { seed } },
      databaseUrl: this.#postgres.url(database),
      filesFolder: mkdtempSync(join(this.#postgres.folder, 'files-')),
      ...{ isHourlyLifted: !rateLimits, maxParallel: 0, arePrivateWebhooksAllowed: true },
      ...{ version: manifest.version, clock: systemClock, log: this.#log },
      onDeliveryMoment: moment => {
        if (moment === 'after settle') onSettled?.()
      },
    })
  }
}
