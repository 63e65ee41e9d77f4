import { type Chance, type Clock, type Logger, makeChance } from '#kit'
import type { AdminCalls } from '../connection/admin-calls.ts'

const firstAfterMs = 90_000
const everyMs = { least: 120_000, most: 300_000 }
/** A desk that runs over night does not drown in the morning. */
const mostInARun = 24

const visits = [
  { persona: 'patient', intent: 'where-is-my-order' },
  { persona: 'terse', intent: 'in-stock' },
  { persona: 'photo-sender', intent: 'defect-with-photo' },
  { persona: 'patient', intent: 'wrong-size' },
  { persona: 'terse', intent: 'invoice' },
  { persona: 'patient', intent: 'return' },
  { persona: 'angry', intent: 'where-is-my-order' },
] as const

type Needs = { admin: () => AdminCalls; businessId: bigint; clock: Clock; log: Logger }

/** Simulated buyers who come to the demo business every few minutes. */
export class BuyerTrickle {
  isOn = true
  readonly #needs: Needs
  readonly #chance: Chance
  #sent = 0
  #cancel = () => {}

  constructor(needs: Needs) {
    this.#needs = needs
    this.#chance = makeChance('trickle', needs.clock.now().getTime())
  }

  start(): void {
    this.#sendIn(firstAfterMs)
  }

  async set(isOn: boolean): Promise<void> {
    this.isOn = isOn
  }

  stop(): void {
    this.#cancel()
  }

  #sendIn(ms: number): void {
    this.#cancel = this.#needs.clock.after(ms, () => void this.#send())
  }

  async #send(): Promise<void> {
    const { admin, businessId, log } = this.#needs
    const visit = visits[this.#sent % visits.length]
    if (this.isOn && this.#sent < mostInARun) {
      this.#sent++
      await admin()
        .tell('POST /lab/v1/buyers', { businessId, ...visit })
        .catch(error => log.warn({ err: error }, 'a simulated buyer did not come'))
    }
    this.#sendIn(this.#chance.between(everyMs.least, everyMs.most))
  }
}
