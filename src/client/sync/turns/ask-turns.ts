import { chatsPageMax } from '#contract'
import { makeAllowance } from '../mirror/allowance.ts'
import type { Ask, AskKind } from '../mirror/asks.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { lookForMessage, lookUpChat, renewChats } from '../read/ask.ts'
import type { Jobs } from './jobs.ts'
import type { Recovery } from './recovery.ts'

type Needs = { mirror: Mirror; jobs: Jobs; recovery: Recovery; report: () => void }

/** How many are asked for in one call, and how. Resolves to whether there was news. */
type Way = { most: number; ask: (mirror: Mirror, asks: Ask[]) => Promise<boolean> }

const ways: Record<AskKind, Way> = {
  renewals: { most: chatsPageMax, ask: renewChats },
  lookUps: { most: 1, ask: lookUpChat },
  messages: { most: 1, ask: lookForMessage },
}

/** The function it makes begins the asks that are due, and returns when the next are. Each kind waits for its own limit alone. */
export function makeAskTurns(needs: Needs): (now: number) => number {
  const places = [makePlace(needs, 'renewals'), makePlace(needs, 'lookUps'), makePlace(needs, 'messages')]
  return now => Math.min(...places.map(startDue => startDue(now)))
}

function makePlace({ mirror, jobs, recovery, report }: Needs, kind: AskKind): (now: number) => number {
  const queue = mirror.asks[kind]
  const { most, ask } = ways[kind]
  const allowance = makeAllowance()
  let isBusy = false
  async function run(asks: Ask[]): Promise<void> {
    isBusy = true
    try {
      if (await ask(mirror, asks)) allowance.giveBack()
      recovery.onRead()
    } catch (error) {
      recovery.onAskingFailed({ queue, asks, error })
    } finally {
      isBusy = false
    }
    report()
  }
  return now => {
    if (isBusy) return Number.POSITIVE_INFINITY
    const dueAt = Math.max(queue.nextDueAt(), allowance.dueAt())
    if (dueAt > now) return dueAt
    allowance.spend(now)
    jobs.start(() => run(queue.take(now, most)))
    return Number.POSITIVE_INFINITY
  }
}
