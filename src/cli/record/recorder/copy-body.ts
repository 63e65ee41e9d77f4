import { Transform } from 'node:stream'
import { parseJson } from '#contract'
import type { Mask } from './mask.ts'
import type { Body } from './recording.ts'

const maxKeptBytes = 1024 * 1024

/** A stream through which a body goes on as it comes, and what is kept of it: JSON of up to 1 MB; of files how large they are. */
export class BodyCopy extends Transform {
  readonly #chunks: Buffer[] = []
  #bytes = 0
  readonly #isKept: boolean

  constructor(isKept: boolean) {
    super()
    this.#isKept = isKept
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.#bytes += chunk.length
    if (this.#isKept && this.#bytes <= maxKeptBytes) this.#chunks.push(chunk)
    done(null, chunk)
  }

  kept(mask: Mask): Body {
    if (this.#bytes === 0) return undefined
    const parsed =
      this.#isKept && this.#bytes <= maxKeptBytes ? parseJson(Buffer.concat(this.#chunks).toString()) : undefined
    return parsed?.ok ? { json: mask.value(parsed.value) } : { bytes: this.#bytes }
  }
}

export function isJson(type: string | undefined): boolean {
  return /^application\/json\b/i.test(type ?? '')
}
