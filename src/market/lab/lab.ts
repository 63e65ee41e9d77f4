import { connect, type Queries, type Sql } from '#database'
import { type Clock, type Logger, makeChance, Throttle } from '#kit'
import type { Bus } from '../live/bus.ts'
import { type LabClock, makeLabClock } from './clock/lab-clock.ts'
import { readOffset } from './clock/offset.ts'
import { Tally } from './coverage/tally.ts'
import { ExclusiveTask } from './exclusive-task.ts'
import { Faults } from './faults/faults.ts'
import { InFlight } from './faults/in-flight.ts'

const publishEveryMs = 250

type LabNeeds = { seed: number; machineClock: Clock; databaseUrl: string; sql: Sql; bus: Bus; log: Logger }

/** What a market with `--lab` is built with: a clock that moves, faults, and what tells of their changes. */
export class Lab {
  readonly seed: number
  readonly clock: LabClock
  /** The machine's own: for what is measured by it, such as the ages of files. */
  readonly machineClock: Clock
  readonly faults: Faults
  readonly tally: Tally
  readonly inFlight = new InFlight()
  readonly exclusive = new ExclusiveTask()
  /** Tells other parts and processes that something of the lab has changed. */
  readonly changed: () => void
  readonly #databaseUrl: string
  readonly #sql: Sql
  readonly #stopListening: () => void
  #isStopping = false

  constructor({ seed, machineClock, databaseUrl, sql, bus, log }: LabNeeds) {
    this.seed = seed
    this.machineClock = machineClock
    this.clock = makeLabClock(machineClock)
    const changes = new Throttle(publishEveryMs, () => bus.publish({ about: 'lab' }))
    this.changed = () => changes.ask()
    this.tally = new Tally(machineClock)
    this.faults = new Faults({
      ...{ clock: this.clock, chance: makeChance(seed, 'faults'), onChange: this.changed },
      onDrawn: (...what) => this.tally.fault(...what),
    })
    this.#databaseUrl = databaseUrl
    this.#sql = sql
    this.#stopListening = bus.onEvent(event => {
      if (event.about === 'lab') this.#follow().catch(error => log.warn({ err: error }, 'the clock was not read'))
    })
  }

  get isStopping(): boolean {
    return this.#isStopping
  }

  /** Moves the clock to where it was moved before the last stop, or by another process. */
  async readTime(sql: Queries = this.#sql): Promise<void> {
    this.clock.moveTo(await readOffset(sql))
  }

  /** Whether a fault says so of a link to a file that is being read. */
  isLinkExpired(occasion: { businessId: bigint }): boolean {
    this.tally.add('file')
    return this.faults.draw('file', ['url-expired'], occasion) !== undefined
  }

  /** Runs work on a connection of its own without time limits, since copying all tables may take long. */
  async patiently<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = connect(this.#databaseUrl, { max: 1, name: 'snapshots', isPatient: true })
    try {
      return await work(sql)
    } finally {
      await sql.end()
    }
  }

  /** An advance that is under way ends at the moment it has reached. */
  stop(): void {
    this.#isStopping = true
    this.#stopListening()
  }

  /** Follows a move by another process. Not while this process moves the clock, since the kept offset differs then. */
  async #follow(): Promise<void> {
    const beforeMs = this.clock.offsetMs()
    if (this.#isStopping || this.exclusive.isBusy) return
    const keptMs = await readOffset(this.#sql)
    if (!this.exclusive.isBusy && this.clock.offsetMs() === beforeMs) this.clock.moveTo(keptMs)
  }
}
