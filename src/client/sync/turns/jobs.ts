import { causeOf } from '../mirror/own-failure.ts'

/** What is under way. */
export type Jobs = {
  /** What a job throws ends the sync. */
  start(job: () => Promise<void>): void
  count(): number
  /** Resolves when all that is under way has ended. */
  ended(): Promise<unknown>
}

type Needs = { ending: AbortController; onEnd: () => void }

export function makeJobs({ ending, onEnd }: Needs): Jobs {
  const underWay = new Set<Promise<void>>()
  return {
    start(job) {
      const done = job()
        .catch(error => ending.abort(causeOf(error)))
        .finally(() => {
          underWay.delete(done)
          onEnd()
        })
      underWay.add(done)
    },
    count: () => underWay.size,
    ended: () => Promise.all(underWay),
  }
}
