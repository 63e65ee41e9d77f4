import { isSameSecret } from '#serving'
import type { Grant, Revocations } from './revocations.ts'

type Options = { tokenOf: (generation: number) => string; revocations: Revocations }

/** The admin token. It does not expire; when it is revoked, the next generation's takes its place. */
export class AdminToken {
  readonly #tokenOf: (generation: number) => string
  readonly #revocations: Revocations

  constructor({ tokenOf, revocations }: Options) {
    this.#tokenOf = tokenOf
    this.#revocations = revocations
  }

  get current(): string {
    return this.#tokenOf(this.#revocations.of('admin')?.generation ?? 1)
  }

  async read(token: string): Promise<Grant | undefined> {
    await this.#revocations.fresh()
    if (!isSameSecret(token, this.current)) return undefined
    return { purpose: 'admin', subject: '', madeAfter: this.#revocations.latest }
  }

  /** Told of each token that takes the place of a revoked one. */
  onNew(listener: (token: string) => void): void {
    let known = this.current
    this.#revocations.onChange(() => {
      if (this.current === known) return
      known = this.current
      listener(known)
    })
  }
}
