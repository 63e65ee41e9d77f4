import { serializeJson } from '#contract'
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

/** A difference unless the answer is that of another call. Neither is told: customers' words may be in them. */
export function compareAnswers(reply: Reply, other: Reply, source: Source): Difference[] {
  if (lasting(reply.json) === lasting(other.json)) return []
  return [differ(reply, { at: 'body', expected: 'the same answer', got: 'another answer', source })]
}

/** Page tokens and links of files may be made anew for each answer. */
function lasting(json: unknown): string {
  return spell(json).replaceAll(/"(nextPageToken|url)":"[^"]*"/g, '"$1":"…"')
}

/** A difference unless the two are the same text. */
export function compare(reply: Reply, seen: Seen): Difference[] {
  return spell(seen.expected) === spell(seen.got) ? [] : [differ(reply, seen)]
}

const maxTold = 300

/** A value in one short line. */
function tell(value: unknown): string {
  const text = spell(value)
  return text.length > maxTold ? `${text.slice(0, maxTold)}…` : text
}

function spell(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined ? 'none' : serializeJson(value)
}

export const status =
  (expected: number): Expecting =>
  source =>
  reply =>
    compare(reply, { at: 'status', expected, got: reply.status, source })

/** Answered with 200, whatever it says. */
export const accepted = status(200)

/** Read, and answered or refused for another reason: in the answer there is nothing of this. */
export const readWithout =
  (words: string): Expecting =>
  source =>
  reply => {
    const isRead = [200, 400, 404].includes(reply.status) && !reply.text.includes(words)
    return isRead
      ? []
      : [differ(reply, { at: 'body', expected: 'read', got: `${reply.status}, or refused for its ${words}`, source })]
  }

/** What is expected of an answer of success: any other is a difference. */
export const ofSuccess =
  (expecting: Expecting): Expecting =>
  source =>
  (reply, probe) => {
    const wrong = accepted(source)(reply, probe)
    return wrong.length > 0 ? wrong : expecting(source)(reply, probe)
  }
