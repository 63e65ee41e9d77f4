import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { AtMost } from '#kit'
import { problems, StreamLines } from '#serving'
import type { Bus } from '../live/bus.ts'
import type { CustomerId } from '../store/customers.ts'
import { CustomerFeed, type FeedNeeds } from './customer-feed.ts'

const feedsPerCustomer = 20
// A token is looked at when a stream is opened; who reads on opens another with it.
const feedMostMs = 60 * 60 * 1000
// All feeds look through the database at every heartbeat: messages must not wait behind them for a connection.
const looksAtATime = 4

type StreamMetrics = { streams(open: number): void }
export type FeedsNeeds = Omit<FeedNeeds, 'looks'> & { bus: Bus; metrics: StreamMetrics }

/** The open event streams of this process, by customer. */
export class CustomerFeeds {
  readonly #needs: FeedNeeds
  readonly #metrics: StreamMetrics
  readonly #byCustomer = new Map<string, Set<CustomerFeed>>()
  readonly #lines = new StreamLines()
  readonly #stopListening: (() => void)[]
  #isClosed = false

  constructor(needs: FeedsNeeds) {
    this.#needs = { ...needs, looks: new AtMost(looksAtATime) }
    this.#metrics = needs.metrics
    this.#stopListening = [
      needs.bus.onEvent(event => {
        if (event.about !== 'chat') return
        for (const feed of this.#byCustomer.get(event.customerId) ?? []) feed.hint(event)
      }),
      needs.bus.onGap(() => {
        for (const feed of this.#all()) feed.reread()
      }),
    ]
  }

  /** From `position`, a moment in milliseconds; without it, from now. The line is the stream's alone. */
  open(customerId: CustomerId, position: bigint | undefined, line: Socket): Readable {
    const key = `${customerId}`
    const feeds = this.#byCustomer.get(key) ?? new Set()
    if (feeds.size >= feedsPerCustomer)
      throw problems.tooMany(`At most ${feedsPerCustomer} event streams of a customer may be open: close one.`)
    const now = this.#needs.clock.now().getTime()
    // A moment to come is as good as now.
    const from = position === undefined || position > BigInt(now) ? now : Number(position)
    const feed = new CustomerFeed(this.#needs, customerId, from)
    feeds.add(feed)
    this.#byCustomer.set(key, feeds)
    this.#count()
    feed.stream.body.once('close', () => this.#remove(key, feed))
    this.#lines.add(line)
    if (this.#isClosed) feed.stream.end()
    return feed.stream.body
  }

  beat(): void {
    const youngest = this.#needs.clock.now().getTime() - feedMostMs
    for (const feed of this.#all()) {
      feed.beat()
      if (feed.openedAt < youngest) feed.stream.end()
    }
  }

  /** Ends every stream; their readers come back elsewhere. */
  close(): void {
    this.#isClosed = true
    for (const stop of this.#stopListening) stop()
    for (const feed of this.#all()) feed.stream.end()
    this.#lines.hangUpSoon()
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
