type BatcherOptions<Item, Outcome, Group> = {
  /** Items of one batch. */
  max: number
  /** Batches under way at a time. */
  inFlight: number
  /** What an item goes together with: items of different groups are never in one batch. All with all if it is left out. */
  groupOf?(item: Item): Group
  /** Batches of one group under way at a time; as many as of all if it is left out. */
  inFlightOfGroup?: number
  /** Where a group is worked on, and batches under way there at a time: a site that does not answer leaves the others places. */
  siteOf?(group: Group): unknown
  inFlightOfSite?: number
  /** Items that may wait; `add` rejects with `fullError()` when there are more. */
  queue?: { max: number; fullError(): Error }
  /** The order of the items within a batch; that in which they came if it is left out. */
  compare?(a: Item, b: Item): number
  /** Does the work of a batch, all of it or nothing: an outcome for each item, in their order. */
  work(items: Item[], group: Group): Promise<readonly Outcome[]>
  /** Whether an error of `work` is about all items. Otherwise one of them is bad, and each is tried alone. */
  isAboutAll(error: unknown): boolean
  onBatch?(size: number): void
}

type Waiting<Item, Outcome> = { item: Item; resolve(outcome: Outcome): void; reject(error: unknown): void }

/** What waits of one group, and how many of its batches are under way. */
type Queue<Item, Outcome, Group> = { group: Group; waiting: Waiting<Item, Outcome>[]; inFlight: number }

/**
 * Items that arrive while all places for batches are taken go together in the next batch. There is no timer: an item that
 * finds a free place goes at once. Groups take turns.
 */
export class Batcher<Item, Outcome, Group = undefined> {
  readonly #options: BatcherOptions<Item, Outcome, Group>
  /** In the order of their turns; a group of which nothing waits or is under way has none. */
  readonly #queues = new Map<Group, Queue<Item, Outcome, Group>>()
  readonly #inFlightAt = new Map<unknown, number>()
  #waiting = 0
  #inFlight = 0

  constructor(options: BatcherOptions<Item, Outcome, Group>) {
    this.#options = options
  }

  /** Rejects if the work of the item failed; then nobody can tell whether it was done. */
  add(item: Item): Promise<Outcome> {
    const { queue: bound, groupOf } = this.#options
    if (bound && this.#waiting >= bound.max) return Promise.reject(bound.fullError())
    const group = groupOf?.(item) as Group // without groupOf there is one group: undefined
    const queue = this.#queues.get(group) ?? { group, waiting: [], inFlight: 0 }
    this.#queues.set(group, queue)
    return new Promise((resolve, reject) => {
      queue.waiting.push({ item, resolve, reject })
      this.#waiting++
      this.#pump()
    })
  }

  #pump(): void {
    const { max, inFlight, compare, onBatch } = this.#options
    while (this.#inFlight < inFlight) {
      const queue = this.#nextQueue()
      if (!queue) return
      const batch = queue.waiting.splice(0, max)
      this.#waiting -= batch.length
      this.#count(queue, 1)
      onBatch?.(batch.length)
      if (compare) batch.sort((a, b) => compare(a.item, b.item))
      void this.#work(batch, queue.group).finally(() => {
        this.#count(queue, -1)
        if (queue.inFlight === 0 && queue.waiting.length === 0) this.#queues.delete(queue.group)
        this.#pump()
      })
    }
  }

  #count(queue: Queue<Item, Outcome, Group>, by: 1 | -1): void {
    const site = this.#options.siteOf?.(queue.group)
    this.#inFlight += by
    queue.inFlight += by
    this.#inFlightAt.set(site, (this.#inFlightAt.get(site) ?? 0) + by)
  }

  /** The first that may begin a batch; its next turn comes after all others. */
  #nextQueue(): Queue<Item, Outcome, Group> | undefined {
    const { inFlight, inFlightOfGroup = inFlight, inFlightOfSite = inFlight, siteOf } = this.#options
    for (const queue of this.#queues.values()) {
      if (queue.waiting.length === 0 || queue.inFlight >= inFlightOfGroup) continue
      if ((this.#inFlightAt.get(siteOf?.(queue.group)) ?? 0) >= inFlightOfSite) continue
      this.#queues.delete(queue.group)
      this.#queues.set(queue.group, queue)
      return queue
    }
    return undefined
  }

  /** Settles every item of the batch; never rejects. */
  async #work(batch: Waiting<Item, Outcome>[], group: Group): Promise<void> {
    let outcomes: readonly Outcome[]
    try {
      outcomes = await this.#options.work(
        batch.map(({ item }) => item),
        group,
      )
    } catch (error) {
      if (batch.length === 1 || this.#options.isAboutAll(error)) for (const { reject } of batch) reject(error)
      else for (const waiting of batch) await this.#work([waiting], group)
      return
    }
    // Outside the try: what is done must never be done again.
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index]
      if (outcome === undefined) reject(new RangeError('the work of a batch has fewer outcomes than items'))
      else resolve(outcome)
    }
  }
}
