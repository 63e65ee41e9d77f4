import { randomUUID } from 'node:crypto'

/** What is to be read again. `chat` names a chat; the other kinds are about everything of theirs. */
export type Noted = { kind: 'chat'; cabinetId: string; chatId: string } | { kind: 'views' | 'cabinets' | 'replies' }

const maxKept = 5_000

/** The latest changes that this process knows of, in their order, each with a cursor. */
export class ChangeLog {
  #life = randomUUID()
  #first = 1
  #changes: Noted[] = []

  /** Where somebody stands who has just read everything. */
  get cursor(): string {
    return `${this.#life}.${this.#first + this.#changes.length - 1}`
  }

  add(...changes: Noted[]): void {
    this.#changes.push(...changes)
    // In large steps: each moves all that is kept.
    if (this.#changes.length < maxKept * 2) return
    const dropped = this.#changes.length - maxKept
    this.#changes = this.#changes.slice(dropped)
    this.#first += dropped
  }

  /** Changes were missed: nobody can be told what has changed since any cursor. */
  forget(): void {
    this.#life = randomUUID()
    this.#first = 1
    this.#changes = []
  }

  /** What has changed after a cursor, each once; undefined if that is not known. */
  since(cursor: string): Noted[] | undefined {
    const [, life, number = ''] = /^([\w-]+)\.(\d{1,15})$/.exec(cursor) ?? []
    const start = Number(number) + 1 - this.#first
    if (life !== this.#life || start < 0 || start > this.#changes.length) return undefined
    return Array.from(new Map(this.#changes.slice(start).map(change => [keyOf(change), change])).values())
  }
}

function keyOf(change: Noted): string {
  return change.kind === 'chat' ? `${change.cabinetId}/${change.chatId}` : change.kind
}
