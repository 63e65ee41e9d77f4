import { say } from '../../terminal/print.ts'
import type { ProgressLine } from '../../terminal/progress-line.ts'
import { describeError } from './explain-error.ts'
import type { Shop } from './open-shop.ts'

/** Tells what went wrong and is tried again: each trouble once, not at every attempt. */
export function problemReporter({ texts, access }: Pick<Shop, 'texts' | 'access'>, progress?: ProgressLine) {
  let last = ''
  return (problem: Error) => {
    const line = describeError(problem, texts, access.baseUrl)
    if (line === last) return
    last = line
    progress?.clear()
    say(`prilavok: ${line} ${texts.triedAgain}`)
  }
}
