import { styleText } from 'node:util'
import { notificationTypes } from '#contract'
import { judge, type Verdict } from './judge.ts'
import type { Event } from './receiver.ts'

const typeWidth = Math.max(...notificationTypes.map(type => type.length))
const rememberedMost = 10_000

const styles = { delivered: 'green', refused: 'yellow', failed: 'red' } as const

/** Tells of notifications, a line each, and counts them. Colour only where a terminal shows it. */
export class Lines {
  readonly counts = { delivered: 0, refused: 0, failed: 0 }
  readonly #attempts = new Map<string, { made: number; isDelivered: boolean }>()
  #lastPing = ''
  #widths = { chat: 0, message: 0 }
  readonly #print: (line: string) => void

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  /** A PING that failed as the one before is not told again: the market is asked for one every two seconds. */
  tell(event: Event, at: Date): void {
    const verdict = judge(event.outgoing)
    const attempt = this.#count(event.webhookId, verdict)
    const isPing = event.type === 'PING'
    if (!isPing) this.counts[verdict.outcome]++
    const result = `${statusOf(event)} ${verdict.why}`
    if (isPing && verdict.outcome !== 'delivered' && result === this.#lastPing) return
    if (isPing) this.#lastPing = verdict.outcome === 'delivered' ? '' : result
    this.#print(this.#spell(event, verdict, { attempt, at }))
  }

  summary(): string {
    const { delivered, refused, failed } = this.counts
    const all = delivered + refused + failed
    if (all === 0) return 'no notifications came'
    const outcomes = [`${delivered} delivered`, refused && `${refused} refused`, failed && `${failed} failed`]
    return `${plural(all, 'attempt')}: ${outcomes.filter(Boolean).join(', ')}`
  }

  #count(id: string | undefined, { outcome }: Verdict): string {
    if (id === undefined) return ''
    const before = this.#attempts.get(id)
    // The oldest is forgotten first, and one that comes again is no longer old.
    this.#attempts.delete(id)
    this.#attempts.set(id, { made: (before?.made ?? 0) + 1, isDelivered: outcome === 'delivered' })
    const oldest = this.#attempts.keys().next()
    if (this.#attempts.size > rememberedMost && !oldest.done) this.#attempts.delete(oldest.value)
    if (before === undefined) return ''
    return before.isDelivered ? 'again' : `retry ${before.made}`
  }

  #spell(event: Event, verdict: Verdict, { attempt, at }: { attempt: string; at: Date }): string {
    const { type, chatId, messageId, durationMs } = event
    const place = [
      this.#pad('chat', chatId === undefined ? '' : `chat ${chatId}`),
      this.#pad('message', messageId === undefined ? '' : `message ${messageId}`),
    ]
    const told = [timeOf(at), (type ?? 'unknown').padEnd(typeWidth), ...place, '→']
    const result = [statusOf(event).padEnd(3), spellDuration(durationMs).padStart(7)]
    const isRetried = verdict.outcome === 'failed' && type !== 'PING'
    const notes = [attempt, verdict.why, isRetried ? 'to be tried again' : ''].filter(Boolean).join(' · ')
    const line = [...told, ...result].join('  ')
    if (type === 'PING' && verdict.outcome === 'delivered') return paint('dim', `${line}  ${notes}`.trimEnd())
    return `${told.join('  ')}  ${paint(styles[verdict.outcome], `${result.join('  ')}  ${notes}`.trimEnd())}`
  }

  /** Columns grow with what stands in them, and never shrink: lines stay aligned as ids get longer. */
  #pad(column: 'chat' | 'message', text: string): string {
    this.#widths[column] = Math.max(this.#widths[column], text.length, `${column} 1000`.length)
    return text.padEnd(this.#widths[column])
  }
}

export function timeOf(at: Date): string {
  return at.toTimeString().slice(0, 8)
}

export function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

function statusOf({ outgoing }: Event): string {
  switch (outgoing.kind) {
    case 'answered':
      return `${outgoing.status}`
    case 'unreachable':
      return '502'
    case 'late':
      return '···'
  }
}

function spellDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
