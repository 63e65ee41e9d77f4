import { problems } from '#serving'

/** Work that must not overlap: moving the clock, taking, restoring and deleting snapshots. */
export class ExclusiveTask {
  #running: string | undefined

  get isBusy(): boolean {
    return this.#running !== undefined
  }

  isRunning(what: string): boolean {
    return this.#running === what
  }

  /** Throws a 409 if other work is under way; `what` completes "the lab is …". */
  async run<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.#running !== undefined)
      throw problems.conflict(`The lab is ${this.#running} at this moment: try again when it has finished.`)
    this.#running = what
    try {
      return await work()
    } finally {
      this.#running = undefined
    }
  }
}
