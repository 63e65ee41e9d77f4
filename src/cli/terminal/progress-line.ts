import { systemClock } from '#kit'
import { cutTo } from './columns.ts'

const everyMs = 100
const barWidth = 24
const clearLine = '\r\u001b[2K'

/** One line on standard error that is written over; nothing where there is no terminal. The cursor is never hidden. */
export class ProgressLine {
  #shownAt = 0
  #isShown = false

  show(line: string): void {
    const now = systemClock.now().getTime()
    if (!process.stderr.isTTY || now - this.#shownAt < everyMs) return
    this.#shownAt = now
    this.#isShown = true
    process.stderr.write(clearLine + cutTo(line, (process.stderr.columns || 80) - 1))
  }

  clear(): void {
    if (this.#isShown) process.stderr.write(clearLine)
    this.#isShown = false
    this.#shownAt = 0
  }
}

/** `████████░░░░  33 %` */
export function bar(done: number, all: number): string {
  const share = all === 0 ? 1 : Math.min(done / all, 1)
  const full = Math.round(share * barWidth)
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${`${Math.floor(share * 100)}`.padStart(3)} %`
}
