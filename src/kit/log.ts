import { type Logger, pino } from 'pino'
import { describeError } from './describe-error.ts'

export type { Logger }

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** JSON lines on standard error; standard output belongs to the answers of commands. */
export function makeLog(level: LogLevel): Logger {
  return pino(
    { level, base: null, serializers: { err: (error: unknown) => describeError(error) } },
    pino.destination({ fd: 2, sync: true }),
  )
}
