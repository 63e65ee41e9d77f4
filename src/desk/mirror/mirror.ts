import { Forbidden, type MarketClient, makeHints, syncChats, Unauthorized } from '#client'
import { operations } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import type { Clock, Logger } from '#kit'
import { clientClockOf } from '../cabinets/client-clock.ts'
import { LostHold } from '../cabinets/lost-hold.ts'
import type { Bus, LiveEvent } from '../live/bus.ts'
import type { Hold } from '../store/leases.ts'
import { refuseCabinet } from '../store/syncs.ts'
import { makeChatStore } from './chat-store.ts'
import { Gaps } from './gaps.ts'
import { Prover } from './prover.ts'
import { MirrorStanding } from './standing.ts'

export type MirrorOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  log: Logger
  hold: Hold
  /** How often the top of the list is read; the client's default if it is not said. */
  sweepEveryMs?: number | undefined
  /** Called when chats were put. */
  onChats?: (() => void) | undefined
  /** Called when files are to be fetched. */
  onFiles?: (() => void) | undefined
}

const againAfterMs = 2_000
const chatsAtOnce = 3
// The client's.
const sweepByDefaultMs = 30_000
const gapLooksPerSweep = 3

/** Keeps the copy of a cabinet's chats that this process works. */
export class Mirror {
  readonly standing: MirrorStanding
  readonly #options: MirrorOptions
  readonly #ending = new AbortController()
  readonly #hints = makeHints()
  #gaps: Gaps | undefined
  #prover: Prover | undefined
  #running: Promise<void> = Promise.resolve()
  #stopListening = () => {}

  constructor(options: MirrorOptions) {
    this.#options = options
    this.standing = new MirrorStanding(options)
  }

  start(client: MarketClient): void {
    const { bus, sweepEveryMs = sweepByDefaultMs } = this.#options
    const store = makeChatStore(this.#options)
    const means = { ...this.#options, client, signal: this.#ending.signal }
    this.standing.watch(client)
    this.#prover = new Prover({ ...means, store })
    this.#gaps = new Gaps({ ...means, hints: this.#hints, everyMs: sweepEveryMs / gapLooksPerSweep })
    this.#stopListening = bus.onEvent(event => this.#hear(event))
    this.#prover.wake()
    this.#running = this.#run(client, store)
  }

  /** Something has happened in the chat: it is read soon. */
  hint(chatId: bigint): void {
    this.#hints.tell({ chatId })
  }

  async stop(): Promise<void> {
    this.#stopListening()
    this.#ending.abort(new LostHold(this.#options.hold.cabinetId))
    await this.#running
    await this.#prover?.idle()
    await this.#gaps?.stop()
    await this.standing.stop()
  }

  #hear(event: LiveEvent): void {
    if (!('cabinetId' in event) || event.cabinetId !== `${this.#options.hold.cabinetId}`) return
    if (event.about === 'proof') this.#prover?.wake()
    if (event.about !== 'hint') return
    const { type, chatId, messageId, at } = event
    this.#hints.tell({ type, chatId, ...(messageId !== null && { messageId }), at: new Date(at) })
  }

  /** Until it is stopped, the cabinet is another's, or the market does not take the key. */
  async #run(client: MarketClient, store: ReturnType<typeof makeChatStore>): Promise<void> {
    const { clock, sweepEveryMs } = this.#options
    const { signal } = this.#ending
    const clientClock = clientClockOf(clock)
    for (;;) {
      try {
        await syncChats(client, store, {
          ...{ hints: this.#hints, signal, clock: clientClock, parallel: chatsAtOnce },
          ...(sweepEveryMs !== undefined && { sweepEveryMs }),
          // While the first mirror runs, each call is one of its own.
          promptly: () => this.standing.isLive && hasCallsLeft(client),
          onProgress: progress => this.standing.progress(progress),
          onProblem: problem => this.standing.problem(problem),
        })
      } catch (error) {
        if (signal.aborted || (await this.#isOver(error))) return
        await clientClock.wait(againAfterMs, signal).catch(() => {}) // stopped: the next sync rejects at once
      }
    }
  }

  async #isOver(error: unknown): Promise<boolean> {
    const { sql, bus, log, hold } = this.#options
    if (error instanceof LostHold) return true
    if (!(error instanceof Unauthorized || error instanceof Forbidden)) {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'a mirror has stopped; it goes on in a moment')
      return false
    }
    const saved = await refuseCabinet(sql, hold, error.message).then(
      () => true,
      () => false, // the key is refused again in a moment
    )
    if (saved) bus.publish({ about: 'cabinets', cabinetId: `${hold.cabinetId}` })
    return saved
  }
}

/** Whether less than half of what an hour has for reading messages is used: then a message may cost two calls. */
function hasCallsLeft(client: MarketClient): boolean {
  const told = client.limits().get(operations.getChatHistory.name)
  return told === undefined || told.remaining * 2 > told.limit
}
