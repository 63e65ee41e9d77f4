import { BadRequest, type Hints, InvalidInput, type MarketClient, NotFound, PrilavokError } from '#client'
import { historyPageMax } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { type Clock, Coalesce, type Logger } from '#kit'
import { LostHold } from '../cabinets/lost-hold.ts'
import type { Bus } from '../live/bus.ts'
import type { Hold } from '../store/leases.ts'
import { forgetCome, forgetNews, forgetTold, type GapRow, listGaps } from '../store/ledger.ts'
import { absentIn } from './absent.ts'

type GapsOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  log: Logger
  hold: Hold
  client: MarketClient
  hints: Hints
  signal: AbortSignal
  /** How often to look; one chat is asked for at a time. */
  everyMs: number
}

const askedAgainAfterMs = 300_000
const gapsMax = 1_000

/** Asks the market for what is known of and not here: what exists is read, and what does not is no gap. */
export class Gaps {
  readonly #options: GapsOptions
  readonly #looking = new Coalesce(() => this.#look())
  readonly #askedAt = new Map<bigint, number>()
  #cancel = () => {}

  constructor(options: GapsOptions) {
    this.#options = options
    this.#wait()
  }

  /** After the signal. */
  async stop(): Promise<void> {
    this.#cancel()
    await this.#looking.idle()
  }

  #wait(): void {
    const { clock, everyMs, signal } = this.#options
    if (!signal.aborted) this.#cancel = clock.after(everyMs, () => this.#looking.ask())
  }

  async #look(): Promise<void> {
    const { sql, hold, clock, signal, log } = this.#options
    const now = clock.now()
    try {
      await forgetCome(sql, hold)
      const gaps = await listGaps(sql, hold.cabinetId, { now, limit: gapsMax })
      const isLately = (chatId: bigint) => now.getTime() - (this.#askedAt.get(chatId) ?? 0) < askedAgainAfterMs
      for (const chatId of this.#askedAt.keys()) if (!isLately(chatId)) this.#askedAt.delete(chatId)
      const next = gaps.find(({ chatId }) => !isLately(chatId))
      if (next) await this.#settle(next)
    } catch (error) {
      const isExpected = error instanceof PrilavokError || error instanceof LostHold || isDatabaseAway(error)
      if (!signal.aborted && !isExpected) log.error({ err: error }, 'gaps of a mirror were not looked at')
    } finally {
      this.#wait()
    }
  }

  async #settle({ chatId, told }: GapRow): Promise<void> {
    const { sql, hold, hints, bus, clock } = this.#options
    const page = await this.#read(chatId, told[0])
    this.#askedAt.set(chatId, clock.now().getTime())
    const absent = absentIn(told, page)
    if (page.isGone) await forgetNews(sql, hold, chatId)
    await forgetTold(sql, hold, { chatId, messageIds: absent })
    for (const messageId of told) if (!absent.includes(messageId)) hints.tell({ chatId, messageId })
    bus.publish({ about: 'sync', cabinetId: `${hold.cabinetId}` })
  }

  /** An empty last page if the market has no such chat, or there can be no such ids. */
  async #read(chatId: bigint, from: bigint | undefined) {
    const { client, signal } = this.#options
    const filter = { limit: historyPageMax, ...(from !== undefined && { from }) }
    try {
      const page = await client.messages.history(chatId, filter, { urgency: 'reconcile', signal }).page()
      const ids = page.items.map(({ messageId }) => messageId)
      return { ids, isLast: page.nextPageToken === undefined, isGone: false }
    } catch (error) {
      const isAnswer = [NotFound, BadRequest, InvalidInput].some(kind => error instanceof kind)
      if (!isAnswer) throw error
      return { ids: [], isLast: true, isGone: error instanceof NotFound }
    }
  }
}
