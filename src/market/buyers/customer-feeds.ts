import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { AtMost } from '#kit'
import { problems, StreamLines } from '#serving'
import type { Bus } from '../live/bus.ts'
import type { Revocations } from '../tokens/revocations.ts'
import { CustomerFeed, type FeedNeeds, type FeedOwner } from './customer-feed.ts'

const maxFeedsPerCustomer = 20
// Whether a token has expired is checked when a stream is opened, so a stream must not outlive it by more.
const maxFeedMs = 60 * 60 * 1000
// All feeds read the database at every beat. So few at once leave connections for everything else.
const maxReads = 4
// A stream whose reader is gone is noticed within two beats.
const retryAfterSeconds = 30

type StreamMetrics = { streams(open: number): void }
export type FeedsNeeds = Omit<FeedNeeds, 'reads'> & { bus: Bus; metrics: StreamMetrics; revocations: Revocations }

/** The event streams of this process, by customer. One that its reader has left keeps its place until nothing is read for it. */
export class CustomerFeeds {
  readonly #needs: FeedNeeds
  readonly #metrics: StreamMetrics
  readonly #revocations: Revocations
  readonly #byCustomer = new Map<string, Set<CustomerFeed>>()
  readonly #lines = new StreamLines()
  readonly #stopListening: (() => void)[]
  #isClosed = false

  constructor(needs: FeedsNeeds) {
    this.#needs = { ...needs, reads: new AtMost(maxReads) }
    this.#metrics = needs.metrics
    this.#revocations = needs.revocations
    this.#stopListening = [
      needs.bus.onEvent(event => {
        if (event.about !== 'chat') return
        for (const feed of this.#byCustomer.get(event.customerId) ?? []) feed.hint(event)
      }),
      needs.bus.onGap(() => {
        for (const feed of this.#all()) feed.reread()
      }),
      needs.revocations.onChange(() => this.#endRevoked()),
    ]
  }

  /**
   * A stream from `position` on, a moment in milliseconds; without it, from now on. Throws a 429 if the customer has too many.
   * The connection serves nothing else afterwards.
   */
  open(owner: FeedOwner, position: bigint | undefined, line: Socket): Readable {
    const key = `${owner.customerId}`
    const feeds = this.#byCustomer.get(key) ?? new Set()
    if (feeds.size >= maxFeedsPerCustomer)
      throw problems.tooMany(`At most ${maxFeedsPerCustomer} event streams of a customer may be open: close one.`, {
        retryAfterSeconds,
      })
    const now = this.#needs.clock.now().getTime()
    const from = position === undefined || position > BigInt(now) ? now : Number(position)
    const feed = new CustomerFeed(this.#needs, owner, from)
    feeds.add(feed)
    this.#byCustomer.set(key, feeds)
    this.#count()
    void feed.over.then(() => this.#remove(key, feed))
    this.#lines.add(line)
    if (this.#isClosed || this.#revocations.isRevoked(owner.grant)) feed.stream.end()
    return feed.stream.body
  }

  beat(): void {
    const oldest = this.#needs.clock.now().getTime() - maxFeedMs
    for (const feed of this.#all()) {
      feed.beat()
      if (feed.openedAt < oldest) feed.stream.end()
    }
  }

  /** Ends every stream; readers connect to another process. */
  close(): void {
    this.#isClosed = true
    for (const stop of this.#stopListening) stop()
    for (const feed of this.#all()) feed.stream.end()
    this.#lines.hangUpSoon()
  }

  #endRevoked(): void {
    for (const feed of this.#all()) if (this.#revocations.isRevoked(feed.grant)) feed.stream.end()
  }

  #all(): CustomerFeed[] {
    return [...this.#byCustomer.values()].flatMap(feeds => [...feeds])
  }

  #remove(key: string, feed: CustomerFeed): void {
    const feeds = this.#byCustomer.get(key)
    feeds?.delete(feed)
    if (feeds?.size === 0) this.#byCustomer.delete(key)
    this.#count()
  }

  #count(): void {
    this.#metrics.streams(this.#all().length)
  }
}
