import { deadline } from '#kit'
import type { RunningMarket } from '#market'
import type { Ask, Expectation, Opened } from '../link/protocol.ts'
import { askMarket } from './ask.ts'
import { Expectations } from './expectations.ts'

const beginning = '/lab/v1/snapshots/beginning'
/** How long a handler is waited for that answers nothing. */
const patienceMs = 1_000

type Parts = { facts: Opened; running: RunningMarket; remove: () => Promise<void> }

/** One market of a test file, on a database of its own. */
export class HostedMarket {
  readonly facts: Opened
  readonly #expectations: Expectations
  readonly #running: RunningMarket
  readonly #remove: () => Promise<void>
  readonly #underWay = new Set<Promise<unknown>>()

  constructor({ facts, running, remove }: Parts) {
    this.facts = facts
    this.#running = running
    this.#remove = remove
    this.#expectations = new Expectations(facts)
  }

  ask(asked: Omit<Ask, 'marketId'>): Promise<unknown> {
    const answer = askMarket(this.facts, asked)
    this.#underWay.add(answer)
    const done = () => void this.#underWay.delete(answer)
    answer.then(done, done)
    return answer
  }

  expect(wanted: Expectation): Promise<unknown> {
    return this.#expectations.find(wanted)
  }

  /** An attempt has ended. */
  onSettled(): void {
    this.#expectations.look()
  }

  async keep(): Promise<null> {
    await this.ask({ call: `POST ${beginning}` })
    return null
  }

  /** Everything is as it was kept; the faults and what is on its way are gone. */
  async reset(): Promise<null> {
    // A test that was given up in the middle of an advance has left it behind.
    await Promise.allSettled(this.#underWay)
    await deadline(patienceMs, this.#running.market.deliverer.settled())
    await this.ask({ call: 'DELETE /lab/v1/faults' })
    await this.ask({ call: `POST ${beginning}/restore` })
    this.#expectations.forget()
    return null
  }

  async close(): Promise<null> {
    await this.#running.stop()
    await this.#remove()
    return null
  }
}
