import { notificationTypes } from '#contract'
import { clockTime } from '../terminal/format-time.ts'
import { paint } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'
import { type Judgement, judge } from './judge.ts'
import type { ReceivedAttempt } from './receiver.ts'

const typeWidth = Math.max(...notificationTypes.map(type => type.length))
const maxRemembered = 10_000

const styles = { delivered: 'green', refused: 'yellow', failed: 'red' } as const

/** Tells of attempts to deliver notifications, a line each, and counts them. Colour only where a terminal shows it. */
export class AttemptLines {
  readonly #counts = { delivered: 0, refused: 0, failed: 0 }
  readonly #attempts = new Map<string, { made: number; isDelivered: boolean }>()
  #lastPing = ''
  readonly #widths: { chat: number; message: number }
  readonly #print: (line: string) => void
  readonly #texts: Texts

  constructor(print: (line: string) => void, texts: Texts) {
    this.#print = print
    this.#texts = texts
    const { chat, message } = texts.attempts
    this.#widths = { chat: chat(1000n).length, message: message('1000').length }
  }

  /** A PING that failed as the one before is not told again: the market is asked for one every two seconds. */
  tell(attempt: ReceivedAttempt, at: Date): void {
    const judgement = judge(attempt.outgoing, this.#texts.answer)
    const repetition = this.#count(attempt.webhookId, judgement)
    const isPing = attempt.type === 'PING'
    if (!isPing) this.#counts[judgement.outcome]++
    const result = `${statusOf(attempt)} ${judgement.why}`
    if (isPing && judgement.outcome !== 'delivered' && result === this.#lastPing) return
    if (isPing) this.#lastPing = judgement.outcome === 'delivered' ? '' : result
    this.#print(this.#format(attempt, judgement, { repetition, at }))
  }

  summary(): string {
    const { attempts: said } = this.#texts
    const { delivered, refused, failed } = this.#counts
    const all = delivered + refused + failed
    if (all === 0) return said.none
    const outcomes = [said.delivered(delivered), refused && said.refused(refused), failed && said.failed(failed)]
    return `${said.count(all)}: ${outcomes.filter(Boolean).join(', ')}`
  }

  #count(id: string | undefined, { outcome }: Judgement): string {
    if (id === undefined) return ''
    const before = this.#attempts.get(id)
    // The oldest is forgotten first, and one that comes again is no longer old.
    this.#attempts.delete(id)
    this.#attempts.set(id, { made: (before?.made ?? 0) + 1, isDelivered: outcome === 'delivered' })
    const oldest = this.#attempts.keys().next()
    if (this.#attempts.size > maxRemembered && !oldest.done) this.#attempts.delete(oldest.value)
    if (before === undefined) return ''
    return before.isDelivered ? this.#texts.attempts.again : this.#texts.attempts.retry(before.made)
  }

  #format(
    attempt: ReceivedAttempt,
    { outcome, why }: Judgement,
    { repetition, at }: { repetition: string; at: Date },
  ): string {
    const { attempts: said } = this.#texts
    const { type, chatId, messageId, durationMs } = attempt
    const about = [
      this.#pad('chat', chatId === undefined ? '' : said.chat(chatId)),
      this.#pad('message', messageId === undefined ? '' : said.message(messageId)),
    ]
    const told = [clockTime(at), (type ?? said.unknownType).padEnd(typeWidth), ...about, '→']
    const result = [statusOf(attempt).padEnd(3), said.took(durationMs).padStart(7)]
    const isRetried = outcome === 'failed' && type !== 'PING'
    const notes = [repetition, why, isRetried ? said.retried : ''].filter(Boolean).join(' · ')
    const line = [...told, ...result].join('  ')
    if (type === 'PING' && outcome === 'delivered') return paint('dim', `${line}  ${notes}`.trimEnd())
    return `${told.join('  ')}  ${paint(styles[outcome], `${result.join('  ')}  ${notes}`.trimEnd())}`
  }

  /** Columns grow with what stands in them, and never shrink: lines stay aligned as ids get longer. */
  #pad(column: 'chat' | 'message', text: string): string {
    this.#widths[column] = Math.max(this.#widths[column], text.length)
    return text.padEnd(this.#widths[column])
  }
}

function statusOf({ outgoing }: ReceivedAttempt): string {
  switch (outgoing.kind) {
    case 'answered':
      return `${outgoing.status}`
    case 'unreachable':
      return '502'
    case 'late':
      return '···'
  }
}
