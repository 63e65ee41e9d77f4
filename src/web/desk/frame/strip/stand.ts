import type { Cabinet } from '#desk-protocol'

type Kind = Cabinet['freshness']['phase']

/** What is most urgent to know of all cabinets together. */
type Stand = {
  kind: Kind
  tone: 'live' | 'late' | 'lost'
  waiting: number
  gaps: number
  done: number
  known: number
  checkedAt?: Date
  awaySince?: Date
  /** The cabinet that stands for the others, where one is not well. */
  cabinetId?: string
  name?: string
}

const byUrgency: readonly Kind[] = ['away', 'refused', 'listing', 'reading', 'paused', 'live']
const tones: Record<Kind, Stand['tone']> = {
  away: 'lost',
  refused: 'lost',
  listing: 'late',
  reading: 'late',
  paused: 'late',
  live: 'live',
}

export function standOf(cabinets: readonly Cabinet[]): Stand {
  const [worst] = cabinets.toSorted((one, other) => rank(one) - rank(other))
  const kind = worst?.freshness.phase ?? 'live'
  const checks = cabinets.flatMap(({ freshness: { checkedAt } }) => (checkedAt ? [Date.parse(checkedAt)] : []))
  return {
    kind,
    tone: tones[kind],
    waiting: sum(cabinets, 'waitingAnswers'),
    gaps: sum(cabinets, 'gaps'),
    done: sum(cabinets, 'chatsDone'),
    known: sum(cabinets, 'chatsKnown'),
    // The one that was checked longest ago: none is staler than what is said.
    ...(checks.length > 0 && { checkedAt: new Date(Math.min(...checks)) }),
    ...(worst?.freshness.awaySince && { awaySince: new Date(worst.freshness.awaySince) }),
    ...(worst && kind !== 'live' && { cabinetId: String(worst.cabinetId), name: worst.name }),
  }
}

const rank = ({ freshness: { phase } }: Cabinet) => byUrgency.indexOf(phase)

function sum(cabinets: readonly Cabinet[], field: 'waitingAnswers' | 'gaps' | 'chatsDone' | 'chatsKnown'): number {
  return cabinets.reduce((all, { freshness }) => all + freshness[field], 0)
}
