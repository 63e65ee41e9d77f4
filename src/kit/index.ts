/** Tools without a domain word: clock, log, problems, ids by chance, a private PostgreSQL. Imports nothing of ours. */
export { type Clock, makeManualClock, systemClock } from './clock.ts'
export { type Logger, type LogLevel, logLevels, makeLog } from './log.ts'
export { type PrivatePostgres, startPrivatePostgres } from './private-postgres/index.ts'
export { Problem } from './problem.ts'
