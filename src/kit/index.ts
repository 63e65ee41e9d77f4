/** Tools without a domain word: clock, log, problems, ids by chance, a private PostgreSQL. Imports nothing of ours. */
export { type Clock, type MovableClock, makeManualClock, makeMovableClock, systemClock } from './clock.ts'
export { type Logger, type LogLevel, logLevels, makeLog } from './log.ts'
export {
  type PrivatePostgres,
  startPrivatePostgres,
  startTemporaryPostgres,
  type TemporaryPostgres,
} from './private-postgres/index.ts'
export { Problem } from './problem.ts'
export { isAlive } from './process-mark.ts'
