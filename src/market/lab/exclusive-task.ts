import { problems } from '#serving'

/** What moves the whole market in time is done one after another: moving the clock, taking and restoring snapshots. */
export class OneAtATime {
  #doing: string | undefined

  get isBusy(): boolean {
    return this.#doing !== undefined
  }

  isDoing(what: string): boolean {
    return this.#doing === what
  }

  /** Refuses if something else is being done; `what` completes "the lab is …". */
  async do<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.#doing !== undefined)
      throw problems.conflict(`The lab is ${this.#doing} at this moment: try again when it has finished.`)
    this.#doing = what
    try {
      return await work()
    } finally {
      this.#doing = undefined
    }
  }
}
