import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { whenOver } from '../../test/support/run-context.ts'
import type { MarketStart } from '../../test/support/start-test-market.ts'

/** A market in a process of its own, which may be killed and started again on the same port. */
export class MarketProcess {
  url = ''
  adminToken = ''
  readonly #options: MarketStart
  #child: ChildProcess | undefined

  constructor(options: MarketStart) {
    this.#options = options
    whenOver(() => this.kill())
  }

  /** Resolves when it answers. */
  async start(): Promise<void> {
    const port = this.url ? Number(new URL(this.url).port) : 0
    const child = fork(join(import.meta.dirname, 'market-program.ts'), [JSON.stringify({ ...this.#options, port })])
    this.#child = child
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the market ended with ${code} before it answered`)
    })
    const [told] = (await Promise.race([once(child, 'message'), ended])) as [Told] // its program sends nothing else
    Object.assign(this, told)
  }

  /** How much memory it uses when all that nobody needs is gone, and the errors that it has logged since it was asked last. */
  async measure(): Promise<Vitals> {
    const child = this.#child
    if (!child?.connected) throw new Error('the market has ended by itself')
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the market ended by itself with ${code ?? signal}`)
    })
    child.send('measure')
    const [vitals] = (await Promise.race([once(child, 'message'), ended])) as [Vitals] // its program sends nothing else
    return vitals
  }

  /** Ends it at once, in the middle of everything. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  /** Asks it to end; resolves when it has. With a lame-duck phase it says so long that it is not ready, and serves on. */
  stop(lameDuckMs?: number): Promise<void> {
    return this.#end(lameDuckMs === undefined ? 'SIGTERM' : { lameDuckMs })
  }

  /** Sets the clock of its machine ahead or back. It is right again in the next process. */
  async moveClock(ms: number): Promise<void> {
    const child = this.#child
    if (!child) throw new Error('the market does not run')
    const moved = once(child, 'message')
    child.send(ms)
    await moved
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal)
  }

  async #end(how: 'SIGKILL' | 'SIGTERM' | { lameDuckMs: number }): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    if (typeof how === 'string') child.kill(how)
    else child.send(how)
    await gone
  }
}

export type Vitals = { heapBytes: number; rssBytes: number; errors: string[] }

type Told = { url: string; adminToken: string }
