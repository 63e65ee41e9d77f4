import { once } from 'node:events'

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** What a process that Ctrl-C has ended exits with. */
export const interruptedCode = 130

/** Ctrl-C and its kin while a command works: the first aborts `signal`, a second ends the process at once. */
export class Interrupt implements Disposable {
  /** The first that came. */
  first: Signal | undefined
  readonly #stop = new AbortController()
  readonly #names: readonly Signal[]
  #listener = (_signal: Signal): void => {
    if (this.first !== undefined) process.exit(interruptedCode)
  }

  constructor(names: readonly Signal[] = ['SIGINT', 'SIGTERM']) {
    this.#names = names
    for (const name of names) process.on(name, this.#onSignal)
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Resolves at the first. */
  async come(): Promise<void> {
    if (!this.signal.aborted) await once(this.signal, 'abort')
  }

  /** Every signal from now on goes to the listener, and none ends the process. */
  passTo(listener: (signal: Signal) => void): void {
    this.#listener = listener
  }

  [Symbol.dispose](): void {
    for (const name of this.#names) process.off(name, this.#onSignal)
  }

  readonly #onSignal = (name: Signal): void => {
    this.#listener(name)
    this.first ??= name
    this.#stop.abort(new Error('Ctrl-C'))
  }
}
