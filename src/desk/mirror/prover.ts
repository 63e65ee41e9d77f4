import { type ChatStore, type MarketClient, PrilavokError, verifySync } from '#client'
import { isDatabaseAway, type Sql } from '#database'
import { type Clock, Coalesce, type Logger } from '#kit'
import { clientClockOf } from '../cabinets/client-clock.ts'
import { LostHold } from '../cabinets/lost-hold.ts'
import type { Bus } from '../live/bus.ts'
import type { Hold } from '../store/leases.ts'
import { findSync, saveProof } from '../store/syncs.ts'

type ProverOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  log: Logger
  hold: Hold
  client: MarketClient
  store: ChatStore
  signal: AbortSignal
}

const againAfterMs = 30_000

/** Compares a mirror with its market when somebody wants it. */
export class Prover {
  readonly #options: ProverOptions
  readonly #proving = new Coalesce(() => this.#prove())

  constructor(options: ProverOptions) {
    this.#options = options
  }

  /** Looks whether a proof is wanted. */
  wake(): void {
    if (!this.#options.signal.aborted) this.#proving.ask()
  }

  async idle(): Promise<void> {
    await this.#proving.idle()
  }

  async #prove(): Promise<void> {
    const { sql, bus, clock, hold, client, store, signal, log } = this.#options
    try {
      const wantedAt = (await findSync(sql, hold.cabinetId))?.proofWantedAt
      if (!wantedAt) return
      const { gone: _, ...verified } = await verifySync(client, store, { signal, clock: clientClockOf(clock) })
      await saveProof(sql, hold, { proof: { at: clock.now(), ...verified }, wantedAt })
      bus.publish({ about: 'sync', cabinetId: `${hold.cabinetId}` })
    } catch (error) {
      if (signal.aborted) return
      const isExpected = error instanceof PrilavokError || error instanceof LostHold || isDatabaseAway(error)
      log[isExpected ? 'info' : 'error']({ err: error }, 'a proof did not end; it is tried again')
      clock.after(againAfterMs, () => this.wake())
    }
  }
}
