import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

export type Outcome = 'ok' | 'fail' | 'unknown'

/** One write that somebody wanted, and how it was answered. */
export type Act = {
  actor: string
  businessId: bigint
  chatId: bigint
  kind: 'text' | 'file'
  /** SHA-256 of the text or of the file's bytes, in hex. No two acts have the same. */
  hash: string
  /** `unknown`: no answer, or one that does not say whether it was written. */
  outcome: Outcome
}

/** The messages of a chat in the order in which a reader first saw them. */
export type Sighting = { reader: string; businessId: bigint; chatId: bigint; messageIds: bigint[] }

/** What clients did and saw, written down while it happens. */
export class History {
  readonly acts: Act[] = []
  /** Answers in which something of another business was found. */
  readonly leaks: string[] = []
  readonly #seen = new Map<string, Sighting & { known: Set<bigint> }>()

  /** Until the work has an outcome the act is unknown, and it stays so if the work throws. */
  async act(act: Omit<Act, 'outcome'>, work: () => Promise<Outcome>): Promise<Outcome> {
    const entry: Act = { ...act, outcome: 'unknown' }
    this.acts.push(entry)
    entry.outcome = await work().catch(() => 'unknown' as const)
    return entry.outcome
  }

  saw(reader: string, { businessId, chatId }: { businessId: bigint; chatId: bigint }, ids: Iterable<bigint>): void {
    const key = `${reader} ${businessId} ${chatId}`
    const sighting = this.#seen.get(key) ?? { reader, businessId, chatId, messageIds: [], known: new Set() }
    this.#seen.set(key, sighting)
    for (const id of ids) {
      if (sighting.known.has(id)) continue
      sighting.known.add(id)
      sighting.messageIds.push(id)
    }
  }

  get sightings(): Sighting[] {
    return [...this.#seen.values()]
  }

  /** Resolves when so many more writes were answered with OK: how far work has come, however slow the machine is. */
  async answeredMore(count: number): Promise<void> {
    const wanted = this.count('ok') + count
    await this.reaches(() => this.count('ok') >= wanted)
  }

  async reaches(isThere: () => boolean): Promise<void> {
    while (!isThere()) await wait(2)
  }

  count(outcome: Outcome): number {
    return this.acts.filter(act => act.outcome === outcome).length
  }
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
