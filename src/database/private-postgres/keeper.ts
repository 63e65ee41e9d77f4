import { setTimeout as after } from 'node:timers/promises'
import { type Logger, Problem } from '#kit'
import type { Server } from './server.ts'
import { fullDisk, type ServerLog } from './server-log.ts'

const firstPauseMs = 100
const longestPauseMs = 5000

export type KeepPlan = {
  /** Starts it once more; rejects if it does not start. */
  startAgain(signal: AbortSignal): Promise<Server>
  /** What PostgreSQL says. */
  log: ServerLog
  /** Where the operator reads. */
  logger: Logger | undefined
  /** How long it is tried to start it again. */
  patienceMs?: number | undefined
}

/** A run that ends sooner belongs to the trouble before it. */
const provenMs = 10_000

type Trouble = { since: number; tries: number }

/** Keeps a PostgreSQL running: one that dies is started again, until that has failed for a minute. */
export class Keeper {
  #server: Server
  readonly #plan: KeepPlan
  readonly #patienceMs: number
  readonly #ending = new AbortController()
  readonly #lost = Promise.withResolvers<Problem>()
  readonly #keeping: Promise<void>

  constructor(server: Server, plan: KeepPlan) {
    this.#server = server
    this.#plan = plan
    this.#patienceMs = plan.patienceMs ?? 60_000
    this.#keeping = this.#keep()
  }

  /** Resolves when it is gone for good without having been stopped; says why. */
  get lost(): Promise<Problem> {
    return this.#lost.promise
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#server.stop()
    await this.#keeping
  }

  /** Ends PostgreSQL before it can write anything more. */
  abandon(why: Problem): void {
    this.#ending.abort()
    this.#server.kill()
    this.#lost.resolve(why)
  }

  async #keep(): Promise<void> {
    const { log, logger } = this.#plan
    let trouble: Trouble | undefined
    for (;;) {
      const startedAt = performance.now()
      await this.#server.gone
      if (this.#ending.signal.aborted) return
      const diedAt = performance.now()
      if (!trouble || diedAt - startedAt > provenMs) trouble = { since: diedAt, tries: 0 }
      logger?.warn({ postgresLog: log.path }, 'PostgreSQL has died and is started again')
      if (!(await this.#revive(trouble))) return
      const afterSeconds = Math.round((performance.now() - diedAt) / 100) / 10
      logger?.warn({ afterSeconds }, 'PostgreSQL runs again')
    }
  }

  /** Whether it runs again; if not, it has been told why, or it was to end. */
  async #revive(trouble: Trouble): Promise<boolean> {
    const { signal } = this.#ending
    let why = this.#plan.log.complaint()
    while (performance.now() - trouble.since < this.#patienceMs) {
      const pauseMs = Math.min(firstPauseMs * 2 ** trouble.tries++, longestPauseMs)
      await after(pauseMs, undefined, { signal }).catch(() => {}) // it is to end
      if (signal.aborted) return false
      try {
        this.#server = await this.#plan.startAgain(signal)
        return true
      } catch (error) {
        if (signal.aborted) return false
        why = reasonOf(error)
      }
    }
    this.#lost.resolve(describeEnd(why, this.#plan.log))
    return false
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Problem) return String(error.facts['why'] ?? error.message)
  return error instanceof Error ? error.message : String(error)
}

function describeEnd(why: string, { path }: ServerLog): Problem {
  if (why === fullDisk)
    return new Problem(`The disk is full and PostgreSQL has stopped: free some space, then start again (${path})`, {
      kind: 'postgresDiskFull',
      facts: { log: path },
    })
  return new Problem(`PostgreSQL has died and does not start again: ${why}: mend that (more in ${path})`, {
    kind: 'postgresEnded',
    facts: { why, log: path },
  })
}
