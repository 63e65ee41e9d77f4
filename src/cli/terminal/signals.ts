/** Resolves at Ctrl-C or SIGTERM; a second one ends the process at once. */
export function signalled(): Promise<void> {
  return new Promise(resolve => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    const onSignal = () => {
      for (const signal of signals) process.off(signal, onSignal).once(signal, () => process.exit(130))
      resolve()
    }
    for (const signal of signals) process.on(signal, onSignal)
  })
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
export type Signal = (typeof passedOn)[number]

/** The signals that would end this process, which lives on to pass them on. */
export class Signals {
  /** The first that came. */
  first: Signal | undefined
  #listener: ((signal: Signal) => void) | undefined

  constructor() {
    for (const signal of passedOn) {
      process.on(signal, () => {
        this.first ??= signal
        this.#listener?.(signal)
      })
    }
  }

  passTo(listener: (signal: Signal) => void): void {
    this.#listener = listener
  }
}
