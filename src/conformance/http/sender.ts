import { parseJson } from '#contract'
import { AtMost, type Clock } from '#kit'
import { NotChecked, type Subject } from '../findings/finding.ts'
import type { Call, Reply } from './call.ts'
import { exchange } from './exchange.ts'
import { Hours } from './hours.ts'
import { mightWrite } from './writing.ts'

export type SenderOptions = {
  baseUrl: string
  /** Requests under way at once. */
  parallel: number
  isReadOnly: boolean
  clock: Clock
  signal: AbortSignal
}

/** Sends the requests of all checks: never more at once than told, never one that writes in a read-only run. */
export class Sender {
  readonly #options: SenderOptions
  readonly #atMost: AtMost
  readonly #hours = new Hours()
  readonly made = new Map<Subject, number>()

  constructor(options: SenderOptions) {
    this.#options = options
    this.#atMost = new AtMost(options.parallel)
  }

  /** Throws NotChecked where the answer says nothing about the server's conformance, and where none comes. */
  async send(call: Call, number = 0): Promise<Reply> {
    const { baseUrl, clock, isReadOnly, signal } = this.#options
    if (isReadOnly && mightWrite(call)) throw new TypeError(`${call.verb} ${call.path} writes in a read-only run`)
    return this.#atMost.run(async () => {
      signal.throwIfAborted()
      this.#hours.requireSome(call.subject, clock.now())
      this.made.set(call.subject, (this.made.get(call.subject) ?? 0) + 1)
      const answer = await exchange(baseUrl, call, signal).catch((error: unknown) => {
        signal.throwIfAborted()
        throw noAnswer(error)
      })
      const parsed = parseJson(answer.text)
      const reply = { call, exchange: number, ...answer, json: parsed.ok ? parsed.value : undefined }
      this.#hours.note(reply)
      const trouble = troubles[reply.status]
      if (trouble) throw new NotChecked(trouble, { isTrouble: true })
      return reply
    })
  }
}

const troubles: Record<number, { en: string; ru: string }> = {
  420: { en: 'refused by a limit (420)', ru: 'отказ из-за лимита (420)' },
  429: { en: 'refused by a limit (429)', ru: 'отказ из-за лимита (429)' },
  503: { en: 'the service was unavailable (503)', ru: 'сервис был недоступен (503)' },
}

function noAnswer(error: unknown): NotChecked {
  const why = error instanceof Error ? error.message : String(error)
  return new NotChecked({ en: `no answer came: ${why}`, ru: `ответ не пришёл: ${why}` }, { isTrouble: true })
}
