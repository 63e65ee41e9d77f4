import type { Listing } from '../list/listing.ts'
import { type Mirror, planReading } from '../mirror/mirror.ts'
import type { Jobs } from './jobs.ts'
import type { Recovery } from './recovery.ts'

type Needs = { mirror: Mirror; listing: Listing; jobs: Jobs; recovery: Recovery; report: () => void }

/** The function it makes begins to read the pages of the list that are due, and returns when the next are. */
export function makeListingTurns({ mirror, listing, jobs, recovery, report }: Needs): (now: Date) => number {
  let isBacklogPlanned = false
  async function list(readPage: () => Promise<void>): Promise<void> {
    try {
      await readPage()
      recovery.onListed()
    } catch (error) {
      recovery.onListingFailed(error)
    }
    // Only the first page tells how late it is at the market.
    if (!isBacklogPlanned && !listing.isNew()) {
      isBacklogPlanned = true
      planBacklog(mirror)
    }
    report()
  }
  return now => {
    for (const readPage of listing.take(now)) jobs.start(() => list(readPage))
    return listing.nextDueAt()
  }
}

/** What an earlier sync has left unread. */
function planBacklog(mirror: Mirror): void {
  const newestFirst = [...mirror.roster.all()].sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
  for (const { chatId } of newestFirst) planReading(mirror, 'backlog', chatId)
}
