/** What the tools of tests ask of whoever runs them: Vitest, or a proof of `prove/`. */
import { inject, onTestFinished, type ProvidedContext } from 'vitest'

export type RunContext = {
  whenOver(close: () => unknown): void
  provided<Name extends keyof ProvidedContext>(name: Name): ProvidedContext[Name]
}

let context: RunContext = { whenOver: close => onTestFinished(async () => void (await close())), provided: inject }

/** For a program that is not run by Vitest, before it uses the tools. */
export function setRunContext(own: RunContext): void {
  context = own
}

/** Ends what a tool has started when the test, or the proof, is over. */
export function whenOver(close: () => unknown): void {
  context.whenOver(close)
}

/** What the run as a whole has started. */
export function provided<Name extends keyof ProvidedContext>(name: Name): ProvidedContext[Name] {
  return context.provided(name)
}
