import type { NewRequest } from '../store/new-requests.ts'

const maxCount = 20_000
const maxBytes = 32 * 1024 * 1024
const maxBatchCount = 500
const maxBatchBytes = 2 * 1024 * 1024

/** Requests that wait to be written, in their order, within bounds of number and of memory. */
export class Backlog {
  #requests = new Set<NewRequest>()
  #bytes = 0

  get length(): number {
    return this.#requests.size
  }

  /** Whether so many wait that they should be written at once. */
  get hasBatch(): boolean {
    return this.#requests.size >= maxBatchCount || this.#bytes >= maxBatchBytes
  }

  /** Returns how many of the oldest had to go for it. */
  add(request: NewRequest): number {
    this.#requests.add(request)
    this.#bytes += bytesOf(request)
    return this.#trim()
  }

  /** The oldest, as many as go in one statement. */
  take(): NewRequest[] {
    const batch: NewRequest[] = []
    let bytes = 0
    for (const request of this.#requests) {
      if (batch.length === maxBatchCount || bytes >= maxBatchBytes) break
      bytes += bytesOf(request)
      batch.push(request)
      this.#requests.delete(request)
    }
    this.#bytes -= bytes
    return batch
  }

  /** A batch that could not be written waits again, as the oldest. Returns how many had to go. */
  putBack(batch: readonly NewRequest[]): number {
    this.#requests = new Set([...batch, ...this.#requests])
    for (const request of batch) this.#bytes += bytesOf(request)
    return this.#trim()
  }

  #trim(): number {
    let dropped = 0
    for (const request of this.#requests) {
      if (this.#requests.size <= maxCount && this.#bytes <= maxBytes) break
      this.#requests.delete(request)
      this.#bytes -= bytesOf(request)
      dropped++
    }
    return dropped
  }
}

const rowBytes = 500

/** A text has two bytes a character in memory, if not one. */
function bytesOf({ path, requestBody, responseBody, unknownFields }: NewRequest): number {
  const names = unknownFields?.reduce((sum, name) => sum + name.length, 0) ?? 0
  return rowBytes + 2 * (path.length + (requestBody?.length ?? 0) + (responseBody?.length ?? 0) + names)
}
