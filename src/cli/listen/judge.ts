import { decode, describeIssue, type Issue, NotificationAnswer, parseJson } from '#contract'

/** What came of a notification that was passed on to the program. */
export type Handled =
  | { kind: 'answered'; status: number; media: string | undefined; body: Buffer }
  /** It could not be asked; the market gets a 502 for it. */
  | { kind: 'unreachable'; why: string }
  /** The market waited no longer. */
  | { kind: 'late' }

export type Verdict = { outcome: 'delivered' | 'refused' | 'failed'; why: string }

export const answerMostBytes = 65_536
const json = /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i
const delivered: Verdict = { outcome: 'delivered', why: '' }
const failed = (why: string): Verdict => ({ outcome: 'failed', why })

/** What the market makes of it, in words for whoever writes the program. */
export function judge(handled: Handled): Verdict {
  switch (handled.kind) {
    case 'late':
      return failed('no answer in time')
    case 'unreachable':
      return failed(handled.why)
    case 'answered':
      return judgeAnswer(handled)
  }
}

function judgeAnswer({ status, media = '', body }: Handled & { kind: 'answered' }): Verdict {
  if (status === 400) return { outcome: 'refused', why: 'refused for good' }
  if (status >= 300 && status < 400) return failed('redirects are not followed')
  if (status !== 200) return failed('')
  if (media !== '' && !json.test(media)) return failed('its content-type is not application/json')
  if (body.length > answerMostBytes) return failed('its body is longer than 64 KB')
  if (body.length === 0) return failed('its body is empty')
  return judgeBody(body.toString())
}

function judgeBody(text: string): Verdict {
  const parsed = parseJson(text)
  if (!parsed.ok) return failed('its body is not JSON')
  const answer = decode(NotificationAnswer, parsed.value, 'its body')
  if (!answer.ok) return failed(describeMisfit(answer.issues))
  return Number.isNaN(Date.parse(answer.value.time)) ? failed('time is not a date') : delivered
}

function describeMisfit(issues: Issue[]): string {
  const isMissing = ({ rule }: Issue) => rule === 'missing' || rule === 'null'
  const missing = issues.filter(isMissing).map(({ at }) => at)
  const others = issues.filter(issue => !isMissing(issue)).map(describeIssue)
  return [missing.length > 0 ? `its body lacks ${missing.join(', ')}` : '', ...others].filter(Boolean).join(' · ')
}
