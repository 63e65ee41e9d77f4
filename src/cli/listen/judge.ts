import { decode, describeIssue, type Issue, NotificationAnswer, parseJson } from '#contract'
import type { Texts } from '../texts/index.ts'

/** What came of a notification that was passed on to the program. */
export type Handled =
  | { kind: 'answered'; status: number; media: string | undefined; body: Buffer }
  /** It could not be asked; the market gets a 502 for it. */
  | { kind: 'unreachable'; host: string; trouble: Trouble }
  /** The market waited no longer. */
  | { kind: 'late' }

/** What answers is not HTTP; or the code of the system, which is empty if there is none. */
type Trouble = 'noHttp' | { code: string }

export type Judgement = { outcome: 'delivered' | 'refused' | 'failed'; why: string }
type Words = Texts['answer']

export const maxAnswerBytes = 65_536
const json = /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i
const delivered: Judgement = { outcome: 'delivered', why: '' }
const failed = (why: string): Judgement => ({ outcome: 'failed', why })

/** What the market makes of it, in words for whoever writes the program. */
export function judge(handled: Handled, words: Words): Judgement {
  switch (handled.kind) {
    case 'late':
      return failed(words.late)
    case 'unreachable':
      return failed(describeTrouble(handled, words))
    case 'answered':
      return judgeAnswer(handled, words)
  }
}

export function describeTrouble({ host, trouble }: Handled & { kind: 'unreachable' }, words: Words): string {
  return trouble === 'noHttp' ? words.noHttp(host) : words.unreachable(host, trouble.code)
}

function judgeAnswer({ status, media = '', body }: Handled & { kind: 'answered' }, words: Words): Judgement {
  if (status === 400) return { outcome: 'refused', why: words.refused }
  if (status >= 300 && status < 400) return failed(words.redirect)
  if (status !== 200) return failed('')
  if (media !== '' && !json.test(media)) return failed(words.media)
  if (body.length > maxAnswerBytes) return failed(words.long)
  if (body.length === 0) return failed(words.empty)
  return judgeBody(body.toString(), words)
}

function judgeBody(text: string, words: Words): Judgement {
  const parsed = parseJson(text)
  if (!parsed.ok) return failed(words.noJson)
  const answer = decode(NotificationAnswer, parsed.value, 'its body')
  if (!answer.ok) return failed(describeMisfit(answer.issues, words))
  return Number.isNaN(Date.parse(answer.value.time)) ? failed(words.badTime) : delivered
}

function describeMisfit(issues: Issue[], { lacks }: Words): string {
  const isMissing = ({ rule }: Issue) => rule === 'missing' || rule === 'null'
  const missing = issues.filter(isMissing).map(({ at }) => at)
  const others = issues.filter(issue => !isMissing(issue)).map(describeIssue)
  return [missing.length > 0 ? lacks(missing.join(', ')) : '', ...others].filter(Boolean).join(' · ')
}
