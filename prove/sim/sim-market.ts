import type { FastifyInstance } from 'fastify'
import type { BusinessId, ChatId } from '#contract'
import type { Clock, Logger } from '#kit'
import { Connections } from '#serving'
import { BuyerTokens } from '../../src/market/buyers/buyer-token.ts'
import { FolderStore } from '../../src/market/files/folder-store.ts'
import { deriveSecrets, type Secrets } from '../../src/market/keys/secrets.ts'
import { Bus } from '../../src/market/live/bus.ts'
import { makeApp } from '../../src/market/make-app.ts'
import { assembleMarket, type Market } from '../../src/market/market.ts'
import { plain } from '../../src/market/store/layout.ts'
import { Revocations } from '../../src/market/tokens/revocations.ts'
import { cloneDatabase, collectingLog } from '../../test/support/test-market.ts'
import type { SimAnswer, SimRequest } from './network.ts'
import { type Latency, SimDatabase } from './sim-database.ts'
import type { SimProcess } from './sim-process.ts'

/** What the market takes from the story that is played. */
export type Playing = { process: SimProcess; latency: Latency; onStatement(process: SimProcess): void }

/** The market's whole application, with its real SQL; one for all stories, since it keeps nothing that outlives one. */
export class SimMarket {
  readonly secrets: Secrets = deriveSecrets('a secret of the simulation')
  readonly database: SimDatabase
  readonly log: Logger
  readonly clock: Clock = {
    now: () => this.playing.process.clock().now(),
    after: (delayMs, work) => this.playing.process.clock().after(delayMs, work),
  }
  readonly buyerTokens: BuyerTokens
  readonly #errors: string[] = []
  readonly #market: Market
  readonly #drop: () => Promise<void>
  #app: FastifyInstance | undefined
  #playing: Playing | undefined

  private constructor(database: SimDatabase, drop: () => Promise<void>) {
    this.database = database
    this.#drop = drop
    this.log = collectingLog(this.#errors)
    const { clock, log, secrets } = this
    const market = this.#assemble()
    // It asks the database without the story's delays: reading a token takes none of the story's time.
    const revocations = new Revocations({ sql: database.sql, bus: market.bus, log, clock })
    this.buyerTokens = new TimedBuyerTokens({ secret: secrets.buyerTokens, clock, revocations }, this)
    this.#market = { ...market, revocations, buyerTokens: this.buyerTokens }
  }

  static async open(): Promise<SimMarket> {
    const { url, drop } = await cloneDatabase()
    const market = new SimMarket(await SimDatabase.open(url), drop)
    const about = { version: '0.0.0-sim', isSecure: false, isStopping: () => false, labParts: undefined }
    const { sql: leaseSql } = market.#market
    const serving = { ...about, hasMetrics: false, connections: new Connections(), leaseSql }
    market.#app = await makeApp(market.#market, serving)
    await market.#app.ready()
    return market
  }

  get playing(): Playing {
    if (!this.#playing) throw new Error('the market works only while a story is played')
    return this.#playing
  }

  get bus(): Bus {
    return this.#market.bus
  }

  play(playing: Playing): void {
    this.#playing = playing
    // Nothing of the last story.
    this.#market.keyring.changed()
  }

  async serve({ method, url, headers, body }: SimRequest): Promise<SimAnswer> {
    if (!this.#app) throw new Error('the market is not open')
    const answer = await this.#app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      ...{ url, headers },
      ...(method === 'POST' && { payload: body }),
    })
    const told = Object.entries(answer.headers).filter(([name]) => name !== 'content-length')
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(told.map(([name, value]) => [name, `${value}`])),
      body: answer.body,
    }
  }

  async closeChat(businessId: BusinessId, chatId: bigint): Promise<void> {
    await this.#market.postbox.post({ businessId, chatId: chatId as ChatId, event: 'closed' }) // the market has made it
  }

  async close(): Promise<void> {
    await this.#app?.close()
    await this.database.sql.end()
    await this.#drop()
  }

  /** What was logged as an error since the last time. */
  takeErrors(): string[] {
    return this.#errors.splice(0)
  }

  /** A bus that tells nobody outside its process: the story decides who hears of what. */
  makeBus(): Bus {
    return new Bus(this.#sql(), this.log)
  }

  #sql() {
    return this.database.sqlFor(
      () => this.playing.process,
      () => this.playing.latency,
      process => this.playing.onStatement(process),
    )
  }

  #assemble(): Market {
    const sql = this.#sql()
    return assembleMarket({
      layout: plain,
      ...{
        sql,
        countingSql: sql,
        leaseSql: sql,
        quotaSql: sql,
        searchSql: sql,
        loggingSql: undefined,
        bus: this.makeBus(),
      },
      ...{ clock: this.clock, machineClock: this.clock, log: this.log, secrets: this.secrets },
      ...{ files: new FolderStore(''), isHourlyLifted: true, maxParallel: 0, arePrivateWebhooksAllowed: true },
      publicUrl: () => 'http://market.sim',
      version: '0.0.0-sim',
    })
  }
}

/** Signatures are checked by other threads of the machine: time waits for them. */
class TimedBuyerTokens extends BuyerTokens {
  readonly #market: SimMarket

  constructor(signing: ConstructorParameters<typeof BuyerTokens>[0], market: SimMarket) {
    super(signing)
    this.#market = market
  }

  override read(token: string): ReturnType<BuyerTokens['read']> {
    return this.#market.playing.process.time.during(super.read(token))
  }
}
