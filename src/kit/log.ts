import type { Logger } from 'pino'
import { describeError } from './describe-error.ts'

export type { Logger }

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** JSON lines on standard error; standard output belongs to the answers of commands. Only who writes a log loads what writes it. */
export async function makeLog(level: LogLevel): Promise<Logger> {
  const { pino } = await import('pino')
  return pino(
    { level, base: null, serializers: { err: (error: unknown) => describeError(error) } },
    pino.destination({ fd: 2, sync: true }),
  )
}
