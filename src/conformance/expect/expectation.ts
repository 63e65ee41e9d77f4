import type { Difference, Source } from '../findings/finding.ts'
import type { Reply } from '../http/call.ts'
import type { Probe } from '../probe/probe.ts'

/** What keeps an answer from being as expected. */
export type Expectation = (reply: Reply, probe: Probe) => Difference[]

/** The same, of whatever source the check has. */
export type Expecting = (source: Source) => Expectation

type Seen = { at: string; expected: unknown; got: unknown; source: Source }

export function differ({ exchange }: Reply, { at, expected, got, source }: Seen): Difference {
  return { at, expected: tell(expected), got: tell(got), source, exchange }
}

/** A difference unless the two are the same text. */
export function compare(reply: Reply, seen: Seen): Difference[] {
  return tell(seen.expected) === tell(seen.got) ? [] : [differ(reply, seen)]
}

const maxTold = 300

/** A value in one short line. */
function tell(value: unknown): string {
  const text = typeof value === 'string' ? value : spell(value)
  return text.length > maxTold ? `${text.slice(0, maxTold)}…` : text
}

function spell(value: unknown): string {
  if (value === undefined) return 'none'
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? `${item}` : item)) ?? String(value)
}

export const status =
  (expected: number): Expecting =>
  source =>
  reply =>
    compare(reply, { at: 'status', expected, got: reply.status, source })

/** Answered with 200, whatever it says. */
export const accepted = status(200)
