import type { OperationName } from '#contract'
import type { Expecting } from '../expect/expectation.ts'
import type { Difference, Said, Source, Subject } from '../findings/finding.ts'
import type { Call } from '../http/call.ts'
import { isWriting } from '../http/writing.ts'
import { needsOf, type Probe } from '../probe/probe.ts'
import type { Need } from '../scene/things.ts'

/** One rule of one operation. Its name, `getChats / limit 21 is refused with 400`, stays the same. */
export type Check = {
  subject: Subject
  rule: Said
  /** Of what the check is about; a difference may have another. */
  source: Source
  needs: readonly Need[]
  /** Belongs to runs that write. */
  writes: boolean
  /** How many requests it costs at the most. */
  calls: number
  run(probe: Probe): Promise<Difference[]>
}

type Told = { source: Source; needs?: readonly Need[]; calls?: number; writes?: boolean }

/** A check of an operation that makes its calls itself. */
export function checkOf(
  name: OperationName,
  rule: Said,
  { source, needs = [], calls = 1, writes = isWriting(name), run }: Told & Pick<Check, 'run'>,
): Check {
  return { subject: name, rule, source, needs: [...new Set([...needsOf(name), ...needs])], writes, calls, run }
}

type Asking = Told & {
  /** What is asked in place of the call that succeeds. */
  bend?: (call: Call, probe: Probe) => Call
  expects: Expecting
}

/** A check that asks once. */
export function asking(name: OperationName, rule: Said, { bend = call => call, expects, ...told }: Asking): Check {
  const expectation = expects(told.source)
  const run: Check['run'] = async probe => expectation(await probe.send(bend(probe.call(name), probe)), probe)
  return checkOf(name, rule, { ...told, run })
}

export function nameOf({ subject, rule }: Pick<Check, 'subject' | 'rule'>): string {
  return `${subject} / ${rule.en}`
}
