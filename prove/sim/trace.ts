import { createHash } from 'node:crypto'

/** Everything that happened, as a hash; what a person wants to read of it, as lines if they are asked for. */
export class Trace {
  readonly lines: string[] = []
  readonly #hash = createHash('sha256')
  readonly #startMs: number
  readonly #isKept: boolean

  constructor(startMs: number, isKept: boolean) {
    this.#startMs = startMs
    this.#isKept = isKept
  }

  note(nowMs: number, line: string): void {
    this.#hash.update(`${nowMs} ${line}\n`)
  }

  tell(nowMs: number, line: string): void {
    this.note(nowMs, line)
    if (this.#isKept) this.lines.push(`${formatSeconds(nowMs - this.#startMs)}  ${line}`)
  }

  digest(): string {
    return this.#hash.copy().digest('hex')
  }
}

function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(3).padStart(8)} s`
}
