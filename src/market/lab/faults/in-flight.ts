/** Counts the notifications that are sent and not answered yet. */
export class InFlight {
  #count = 0

  get isEmpty(): boolean {
    return this.#count === 0
  }

  async during<T>(sending: Promise<T>): Promise<T> {
    this.#count++
    try {
      return await sending
    } finally {
      this.#count--
    }
  }
}
