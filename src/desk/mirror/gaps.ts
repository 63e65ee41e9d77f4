import type { Clock } from '#kit'

/** A notified message is looked for by the client for about so long. */
const patienceMs = 20_000
const waitingMax = 10_000

/** Messages that notifications have named and that are not here, though there was time to read them. */
export class Gaps {
  readonly #clock: Clock
  readonly #named = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  named(chatId: string, messageId: string): void {
    const name = `${chatId} ${messageId}`
    if (this.#named.size < waitingMax && !this.#named.has(name)) this.#named.set(name, this.#clock.now().getTime())
  }

  /** They are here now. */
  close(chatId: bigint, messageIds: readonly bigint[]): void {
    for (const messageId of messageIds) this.#named.delete(`${chatId} ${messageId}`)
  }

  /** Those that were here already when they were named stand in the way of nobody: the store is asked. */
  overdue(): { chatId: bigint; messageId: bigint }[] {
    const before = this.#clock.now().getTime() - patienceMs
    return [...this.#named]
      .filter(([, at]) => at <= before)
      .map(([name]) => {
        const [chatId = '', messageId = ''] = name.split(' ')
        return { chatId: BigInt(chatId), messageId: BigInt(messageId) }
      })
  }
}
