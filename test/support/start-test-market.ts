/** A market with the settings of the tests, also for programs that are not run by vitest. */
import { pino } from 'pino'
import { type Clock, type Logger, systemClock } from '#kit'
import { type MarketOptions, type RunningMarket, startMarket } from '#market'

/** What differs between the markets of tests. */
export type MarketStart = Partial<MarketOptions> & { databaseUrl: string; filesFolder: string }

type StartOptions = MarketStart & { log: Logger }

export function startTestMarket(options: StartOptions): Promise<RunningMarket> {
  const clock: Clock = systemClock
  return startMarket({
    host: '127.0.0.1',
    port: 0,
    secret: 'a secret of the tests',
    isHourlyLifted: true,
    maxParallel: 0,
    arePrivateWebhooksAllowed: true,
    version: '0.0.0-test',
    clock,
    ...options,
  })
}

/** A log that keeps what must not go unread. */
export function collectingLog(errors: string[]): Logger {
  return pino({ level: 'error' }, { write: (line: string) => errors.push(line) })
}
