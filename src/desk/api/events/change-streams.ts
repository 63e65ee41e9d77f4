import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { Logger } from '#kit'
import { problems, StreamLines } from '#serving'
import type { Bus, LiveEvent } from '../../live/bus.ts'
import { ChangeLog, type Noted } from './change-log.ts'
import { ChangeStream } from './change-stream.ts'

const maxStreamsOfAccount = 20
/** How often a comment is sent, so that the connection is seen to be alive. */
export const beatEveryMs = 15_000
const retryAfterSeconds = 30

export type StreamMetrics = { streams(open: number): void }

type Needs = {
  bus: Pick<Bus, 'onEvent' | 'onGap'>
  log: Logger
  metrics: StreamMetrics
  /** Whether a session has not ended. */
  isOpen(sessionId: string): Promise<boolean>
}

type Following = { accountId: string; sessionId: string; lastEventId: string | undefined; line: Socket }
type Open = Omit<Following, 'line' | 'lastEventId'> & { changes: ChangeStream }

/** The open streams of this process, and what they can be told after their readers were away. */
export class ChangeStreams {
  readonly #needs: Needs
  readonly #log = new ChangeLog()
  readonly #open = new Set<Open>()
  readonly #lines = new StreamLines()
  readonly #stopListening: (() => void)[]
  #isClosed = false

  constructor(needs: Needs) {
    this.#needs = needs
    this.#stopListening = [
      needs.bus.onEvent(event => this.#note(notedOf(event))),
      needs.bus.onGap(() => {
        this.#log.forget()
        this.#tellAll()
      }),
    ]
  }

  /** Throws a 429 if the account has too many. The connection serves nothing else afterwards. */
  open({ accountId, sessionId, lastEventId, line }: Following): Readable {
    const others = Array.from(this.#open).filter(each => each.accountId === accountId)
    if (others.length >= maxStreamsOfAccount)
      throw problems.tooMany(`At most ${maxStreamsOfAccount} event streams of an account may be open: close one.`, {
        retryAfterSeconds,
      })
    const open = { accountId, sessionId, changes: new ChangeStream(this.#log, lastEventId) }
    const { body } = open.changes.stream
    this.#open.add(open)
    this.#count()
    body.once('close', () => {
      this.#open.delete(open)
      this.#count()
    })
    this.#lines.add(line)
    if (this.#isClosed) open.changes.end()
    return body
  }

  /** Shows that the streams live, and ends those whose sessions were ended, here or in another process. */
  async beat(): Promise<void> {
    for (const { changes } of this.#open) changes.beat()
    await this.recheck()
  }

  /** Ends the streams whose sessions have ended. */
  async recheck(): Promise<void> {
    const sessions = new Set(Array.from(this.#open, ({ sessionId }) => sessionId))
    for (const sessionId of sessions) {
      const isOpen = await this.#needs.isOpen(sessionId).catch(error => {
        // The next beat looks again.
        this.#needs.log.warn({ err: error }, 'it could not be seen whether a session is open')
        return true
      })
      if (!isOpen) for (const open of this.#open) if (open.sessionId === sessionId) open.changes.end()
    }
  }

  /** Ends every stream; readers connect to another process. */
  close(): void {
    this.#isClosed = true
    for (const stop of this.#stopListening) stop()
    for (const { changes } of this.#open) changes.end()
    this.#lines.hangUpSoon()
  }

  #count(): void {
    this.#needs.metrics.streams(this.#open.size)
  }

  #note(changes: readonly Noted[]): void {
    if (changes.length === 0) return
    this.#log.add(...changes)
    this.#tellAll()
  }

  #tellAll(): void {
    for (const { changes } of this.#open) changes.note()
  }
}

function notedOf(event: LiveEvent): Noted[] {
  switch (event.about) {
    case 'chat':
    case 'answer':
      return [{ kind: 'chat', cabinetId: event.cabinetId, chatId: event.chatId }, { kind: 'views' }]
    case 'cabinets':
      return [{ kind: 'cabinets' }, { kind: 'views' }]
    case 'sync':
      return [{ kind: 'cabinets' }]
    case 'replies':
      return [{ kind: 'replies' }]
    default:
      return []
  }
}
