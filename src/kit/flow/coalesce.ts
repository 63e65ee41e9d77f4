/**
 * Runs `work` once at a time. Who asks while it runs causes one more run after it: so each run covers all that was asked for
 * before it began. `work` must not reject.
 */
export class Coalesce {
  readonly #work: () => Promise<void>
  #running: Promise<void> | undefined
  #isAskedAgain = false

  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  ask(): void {
    if (this.#running) this.#isAskedAgain = true
    else this.#running = this.#run()
  }

  get isIdle(): boolean {
    return this.#running === undefined
  }

  /** Resolves when nothing runs and nothing is asked for. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    do {
      this.#isAskedAgain = false
      await this.#work()
    } while (this.#isAskedAgain)
    this.#running = undefined
  }
}
