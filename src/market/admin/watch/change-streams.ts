import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { BusinessId } from '#contract'
import { problems, StreamLines } from '#serving'
import type { Bus, LiveEvent } from '../../live/bus.ts'
import type { Grant, Revocations } from '../../tokens/revocations.ts'
import { ChangesStream, type Topic, topics } from './changes-stream.ts'

const maxStreamsOfBusiness = 20
/** How often a comment is sent, so that the connection is seen to be alive. */
export const beatEveryMs = 15_000
// A stream whose reader is gone is noticed within two beats.
const retryAfterSeconds = 30
// An hour. Whether a token has expired is checked when a stream is opened, so a stream must not outlive it by more.
const maxBeats = 240

type StreamMetrics = { adminStreams(open: number): void }
export type ChangeStreamsNeeds = { bus: Bus; metrics: StreamMetrics; revocations: Revocations }

type OpenStream = { changes: ChangesStream; businessId: string; grant: Grant; beats: number }

const topicOf: Record<LiveEvent['about'], Topic | undefined> = {
  chat: 'chats',
  deliveries: 'deliveries',
  subscriptions: 'subscriptions',
  requests: 'requests',
  lab: 'lab',
  keys: undefined,
  tokens: undefined,
}

/** The open streams of the admin API in this process. They say what to read again; what happened without a stream is not told. */
export class ChangeStreams {
  readonly #metrics: StreamMetrics
  readonly #revocations: Revocations
  readonly #open = new Set<OpenStream>()
  readonly #lines = new StreamLines()
  readonly #stopListening: (() => void)[]
  #isClosed = false

  constructor({ bus, metrics, revocations }: ChangeStreamsNeeds) {
    this.#metrics = metrics
    this.#revocations = revocations
    this.#stopListening = [
      bus.onEvent(event => this.#onEvent(event)),
      bus.onGap(() => {
        for (const { changes } of this.#open) changes.note(topics)
      }),
      revocations.onChange(() => this.#endRevoked()),
    ]
  }

  /** Throws a 429 if the business has too many. The connection serves nothing else afterwards. */
  open(businessId: BusinessId, grant: Grant, line: Socket): Readable {
    const open = { changes: new ChangesStream(), businessId: `${businessId}`, grant, beats: 0 }
    if (this.#countOf(open.businessId) >= maxStreamsOfBusiness)
      throw problems.tooMany(`At most ${maxStreamsOfBusiness} event streams of a business may be open: close one.`, {
        retryAfterSeconds,
      })
    const { body } = open.changes.stream
    this.#open.add(open)
    this.#metrics.adminStreams(this.#open.size)
    body.once('close', () => {
      this.#open.delete(open)
      this.#metrics.adminStreams(this.#open.size)
    })
    this.#lines.add(line)
    if (this.#isClosed || this.#revocations.isRevoked(grant)) open.changes.end()
    return body
  }

  beat(): void {
    for (const open of this.#open) {
      open.changes.stream.beat()
      if (++open.beats >= maxBeats) open.changes.end()
    }
  }

  /** Ends every stream; readers connect to another process. */
  close(): void {
    this.#isClosed = true
    for (const stop of this.#stopListening) stop()
    for (const { changes } of this.#open) changes.end()
    this.#lines.hangUpSoon()
  }

  #endRevoked(): void {
    for (const { changes, grant } of this.#open) if (this.#revocations.isRevoked(grant)) changes.end()
  }

  #countOf(wanted: string): number {
    let count = 0
    for (const { businessId } of this.#open) if (businessId === wanted) count++
    return count
  }

  #onEvent(event: LiveEvent): void {
    const topic = topicOf[event.about]
    if (topic === undefined) return
    for (const { changes, businessId } of this.#open)
      if (!('businessId' in event) || event.businessId === businessId) changes.note([topic])
  }
}
