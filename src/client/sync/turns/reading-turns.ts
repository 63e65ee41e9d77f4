import { makeAllowance } from '../mirror/allowance.ts'
import type { Errand, ErrandQueue } from '../mirror/errands.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { readChat } from '../read/read-chat.ts'
import type { Jobs } from './jobs.ts'
import type { Recovery } from './recovery.ts'

type Needs = { mirror: Mirror; jobs: Jobs; recovery: Recovery; report: () => void; parallel: number }

/** The function it makes begins to read the chats of one queue that are due, and returns when the next is. */
export function makeReadingTurns({ mirror, jobs, recovery, report, parallel }: Needs) {
  const { errands } = mirror
  const reading: Record<ErrandQueue, number> = { news: 0, hinted: 0, backlog: 0 }
  const allowance = makeAllowance()
  async function read(queue: ErrandQueue, errand: Errand): Promise<void> {
    reading[queue]++
    try {
      const isNews = await readChat(mirror, queue, errand)
      if (isNews && queue === 'hinted') allowance.giveBack()
      recovery.onRead()
    } catch (error) {
      recovery.onReadingFailed({ queue, errand, error })
    } finally {
      reading[queue]--
      errands.done(errand.chatId)
    }
    report()
  }
  return (queue: ErrandQueue, now: Date): number => {
    while (reading[queue] < parallel) {
      if (queue === 'hinted' && allowance.dueAt() > now.getTime()) return allowance.dueAt()
      const errand = errands.take(queue, now.getTime())
      if (!errand) return errands.nextDueAt(queue)
      if (queue === 'hinted') allowance.spend(now.getTime())
      jobs.start(() => read(queue, errand))
    }
    return Number.POSITIVE_INFINITY
  }
}
