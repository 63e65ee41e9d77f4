import { connect, type Queries, type Sql } from '#database'
import { type Clock, type Logger, makeChance, Throttle } from '#kit'
import type { Bus } from '../live/bus.ts'
import { type LabClock, makeLabClock } from './clock/lab-clock.ts'
import { readOffset } from './clock/offset.ts'
import { OneAtATime } from './exclusive-task.ts'
import { Faults } from './faults/faults.ts'
import { Air } from './faults/in-flight.ts'

const tellEveryMs = 250

type LabParts = { seed: number; machineClock: Clock; databaseUrl: string; sql: Sql; bus: Bus; log: Logger }

/** What a market has besides, and is built with, when it is there to be tried out: `--lab`. */
export class Lab {
  readonly seed: number
  readonly clock: LabClock
  /** The machine's own: for what is measured in it, such as the ages of files. */
  readonly machineClock: Clock
  readonly faults: Faults
  readonly air = new Air()
  readonly turns = new OneAtATime()
  /** Tells the other parts and processes that something of the lab has changed. */
  readonly changed: () => void
  readonly #databaseUrl: string
  readonly #sql: Sql
  readonly #stopListening: () => void
  #isStopping = false

  constructor({ seed, machineClock, databaseUrl, sql, bus, log }: LabParts) {
    this.seed = seed
    this.machineClock = machineClock
    this.clock = makeLabClock(machineClock)
    const changes = new Throttle(tellEveryMs, () => bus.publish({ about: 'lab' }))
    this.changed = () => changes.ask()
    this.faults = new Faults({ clock: this.clock, chance: makeChance(seed, 'faults'), onChange: this.changed })
    this.#databaseUrl = databaseUrl
    this.#sql = sql
    this.#stopListening = bus.onEvent(event => {
      if (event.about === 'lab') this.#follow().catch(error => log.warn({ err: error }, 'the clock was not read'))
    })
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** Goes to where the clock had been moved: before the last stop, or by another process. */
  async findTime(sql: Queries = this.#sql): Promise<void> {
    this.clock.moveTo(await readOffset(sql))
  }

  /** Works on a connection of its own, without time limits: to copy all tables takes as long as it takes. */
  async patiently<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = connect(this.#databaseUrl, { max: 1, name: 'snapshots', isPatient: true })
    try {
      return await work(sql)
    } finally {
      await sql.end()
    }
  }

  /** An advance that is under way ends where it is. */
  stop(): void {
    this.#isStopping = true
    this.#stopListening()
  }

  /** Another process may have moved the clock. This one's own moves are ahead of what is kept, for a moment. */
  async #follow(): Promise<void> {
    const beforeMs = this.clock.offsetMs()
    if (this.#isStopping || this.turns.isBusy) return
    const keptMs = await readOffset(this.#sql)
    if (!this.turns.isBusy && this.clock.offsetMs() === beforeMs) this.clock.moveTo(keptMs)
  }
}
