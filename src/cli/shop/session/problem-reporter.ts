import { QuotaWait } from '#client'
import { say } from '../../terminal/print.ts'
import type { ProgressLine } from '../../terminal/progress-line.ts'
import { describeError } from './explain-error.ts'
import type { Shop } from './open-shop.ts'

type Reporting = Pick<Shop, 'texts' | 'access' | 'tellLimit'>

/** Tells what went wrong and is tried again: each trouble once, not at every attempt. */
export function problemReporter({ texts, access, tellLimit }: Reporting, progress?: ProgressLine) {
  let last = ''
  return (problem: Error) => {
    if (problem instanceof QuotaWait) return tellLimit(problem)
    const line = describeError(problem, texts, access.baseUrl)
    if (line === last) return
    last = line
    progress?.clear()
    say(`prilavok: ${line} ${texts.triedAgain}`)
  }
}
