import type { FaultName, FaultOptions } from './types.ts'

const targets = {
  'answer-420': 'api',
  'answer-500': 'api',
  'answer-503': 'api',
  'drop-connection': 'api',
  drop: 'notification',
  duplicate: 'notification',
  reorder: 'notification',
  'drop-answer': 'notification',
  'url-expired': 'file',
} as const satisfies Record<FaultName, string>

/** What the lab is asked for. A fault of a test does not end by the clock, which the test may move. */
export function faultOf(fault: FaultName, { times = 1, operation, probability = 1 }: FaultOptions) {
  if (!(fault in targets)) throw new TypeError(`"${fault}" is no fault: there are ${Object.keys(targets).join(', ')}`)
  const month = 31 * 24 * 60 * 60
  const request = { target: targets[fault], fault, budget: times, probability, forSeconds: month }
  return operation === undefined ? request : { ...request, operation }
}
