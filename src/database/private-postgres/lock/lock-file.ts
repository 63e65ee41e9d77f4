import { randomUUID } from 'node:crypto'
import { closeSync, fdatasync, linkSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs'
import { codeOf, systemClock } from '#kit'
import type { LockOwner } from './lock-owner.ts'
import { readIfThere } from './read-if-there.ts'

/** A lock that is ours: its first line says who we are, its second counts the beats that show others that we live. */
export class LockFile {
  readonly #path: string
  readonly #fd: number
  readonly #head: string
  #beats = 0

  private constructor(path: string, fd: number, head: string) {
    this.#path = path
    this.#fd = fd
    this.#head = head
  }

  /** Undefined if there is a lock already. A link appears with its text in it; a file made with 'wx' would be empty for a moment. */
  static tryCreate(path: string, owner: LockOwner): LockFile | undefined {
    const draft = `${path}.${randomUUID()}`
    const fd = openSync(draft, 'wx')
    try {
      const file = new LockFile(path, fd, `${JSON.stringify(owner)}\n`)
      writeSync(fd, file.#head, 0)
      file.beat()
      linkSync(draft, path)
      return file
    } catch (error) {
      closeSync(fd)
      if (codeOf(error) === 'EEXIST') return undefined
      throw error
    } finally {
      rmSync(draft)
    }
  }

  /** Goes through the open file: a lock that somebody else has put in its place is never touched. */
  beat(): void {
    const line = `${String(++this.#beats).padStart(10)} ${systemClock.now().toISOString()}\n`
    writeSync(this.#fd, line, Buffer.byteLength(this.#head))
    // On a network volume others see it only when it is flushed. A failure shows at the next beat.
    fdatasync(this.#fd, () => {})
  }

  isOurs(): boolean {
    return readIfThere(this.#path)?.startsWith(this.#head) === true
  }

  release(): void {
    if (this.isOurs()) unlinkSync(this.#path)
    closeSync(this.#fd)
  }
}

/** When the owner beat last, by its clock: for people to read. */
export function lastBeatIn(text: string): string {
  return text.split('\n')[1]?.trim().split(' ')[1] ?? 'never'
}
