import { readDurationMs } from './duration.ts'
import type { FaultName, FaultOptions } from './types.ts'

/** Where the lab makes it go wrong, and what it calls it. */
const faults = {
  'answer-420': ['api', 'answer-420'],
  'answer-500': ['api', 'answer-500'],
  'answer-503': ['api', 'answer-503'],
  refuse: ['api', 'refuse'],
  'delay-answer': ['api', 'delay'],
  'drop-connection': ['api', 'drop-connection'],
  drop: ['notification', 'drop'],
  duplicate: ['notification', 'duplicate'],
  reorder: ['notification', 'reorder'],
  'delay-notification': ['notification', 'delay'],
  'drop-answer': ['notification', 'drop-answer'],
  'url-expired': ['file', 'url-expired'],
} as const satisfies Record<FaultName, readonly [target: string, fault: string]>

const names = Object.keys(faults) as FaultName[] // of the table above

/** What the lab is asked for. A fault of a test does not end by the clock, which the test may move. */
export function faultOf(name: FaultName, { times = 1, probability = 1, operation, refusal, delay }: FaultOptions) {
  if (!names.includes(name)) throw new TypeError(`"${name}" is no fault: there are ${names.join(', ')}`)
  if (!Number.isInteger(times) || times < 1) throw new RangeError(`times must be 1 or more, and is ${times}`)
  const [target, fault] = faults[name]
  const month = 31 * 24 * 60 * 60
  const delayMs = delay && readDurationMs(delay)
  return { target, fault, budget: times, probability, forSeconds: month, operation, refusal, delayMs }
}

/** A fault of the lab as a test asks for it. */
export type LabFault = { target: string; fault: string; refusal?: string; delayMs?: number }

/** What `fault` takes to ask for it; undefined for what a test has no name for. */
export function argumentsOf({ target, fault, refusal, delayMs }: LabFault): [FaultName, FaultOptions] | undefined {
  const name = names.find(known => faults[known][0] === target && faults[known][1] === fault)
  const delay = delayMs === undefined ? {} : { delay: `${delayMs / 1_000} seconds` as const }
  return name && [name, { ...(refusal !== undefined && { refusal }), ...delay }]
}
