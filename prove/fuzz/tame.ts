import type { Route } from '../api/routes.ts'
import type { HostileCall } from './hostile-call.ts'

/** Parts of calls that would do what they say: the lab's faults are answers of 5xx, and its clock ends the life of tokens. */
const tamed: Record<string, (text: string) => string> = {
  createFault: text => text.replaceAll('"api"', '"file"').replaceAll('"notification"', '"file"'),
  advanceClock: text => text.replace(/"seconds":\d+/, '"seconds":1'),
}

export function tame(route: Route, call: HostileCall): HostileCall {
  const change = tamed[route.name]
  return change && call.body ? { ...call, body: Buffer.from(change(call.body.toString('latin1')), 'latin1') } : call
}
