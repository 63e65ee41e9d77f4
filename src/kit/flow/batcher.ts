type BatcherOptions<Item, Outcome> = {
  /** Items of one batch. */
  max: number
  /** Batches under way at a time. */
  inFlight: number
  /** Items that may wait; `add` rejects with `fullError()` when there are more. */
  queue?: { max: number; fullError(): Error }
  /** The order of the items within a batch; that in which they came if it is left out. */
  compare?(a: Item, b: Item): number
  /** Does the work of a batch, all of it or nothing: an outcome for each item, in their order. */
  work(items: Item[]): Promise<readonly Outcome[]>
  /** Whether an error of `work` is about all items. Otherwise one of them is bad, and each is tried alone. */
  isAboutAll(error: unknown): boolean
  onBatch?(size: number): void
}

type Waiting<Item, Outcome> = { item: Item; resolve(outcome: Outcome): void; reject(error: unknown): void }

/**
 * Items that arrive while all places for batches are taken go together in the next batch. There is no timer: an item that
 * finds a free place goes at once.
 */
export class Batcher<Item, Outcome> {
  readonly #options: BatcherOptions<Item, Outcome>
  #queue: Waiting<Item, Outcome>[] = []
  #inFlight = 0

  constructor(options: BatcherOptions<Item, Outcome>) {
    this.#options = options
  }

  /** Rejects if the work of the item failed; then nobody can tell whether it was done. */
  add(item: Item): Promise<Outcome> {
    const { queue } = this.#options
    if (queue && this.#queue.length >= queue.max) return Promise.reject(queue.fullError())
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject })
      this.#pump()
    })
  }

  #pump(): void {
    const { max, inFlight, compare, onBatch } = this.#options
    while (this.#inFlight < inFlight && this.#queue.length > 0) {
      const batch = this.#queue.splice(0, max)
      this.#inFlight++
      onBatch?.(batch.length)
      if (compare) batch.sort((a, b) => compare(a.item, b.item))
      void this.#work(batch).finally(() => {
        this.#inFlight--
        this.#pump()
      })
    }
  }

  /** Settles every item of the batch; never rejects. */
  async #work(batch: Waiting<Item, Outcome>[]): Promise<void> {
    let outcomes: readonly Outcome[]
    try {
      outcomes = await this.#options.work(batch.map(({ item }) => item))
    } catch (error) {
      if (batch.length === 1 || this.#options.isAboutAll(error)) for (const { reject } of batch) reject(error)
      else for (const waiting of batch) await this.#work([waiting])
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
