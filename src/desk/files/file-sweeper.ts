import { isDatabaseAway } from '#database'
import { type Clock, type Logger, RecurringWork } from '#kit'
import { type Sweep, sweepFiles } from './sweep-files.ts'

type SweepingOptions = Omit<Sweep, 'now' | 'signal'> & { clock: Clock; log: Logger }

const everyMs = 60 * 60_000

/** Looks every hour for files of a cabinet that nothing names any more, once it is woken. */
export function makeFileSweeper(options: SweepingOptions): RecurringWork {
  const { clock, log } = options
  return new RecurringWork({
    clock,
    work: async signal => {
      await sweepFiles({ ...options, now: clock.now(), signal })
      return everyMs
    },
    onFailure: error => {
      if (!isDatabaseAway(error)) log.warn({ err: error }, 'unused files were not removed; it is tried again')
      return everyMs
    },
  })
}
