/** Tools without a domain word: clock, log, problems, ids by chance, a private PostgreSQL. Imports nothing of ours. */
export { type Clock, makeManualClock, systemClock } from './clock.ts'
export { Problem } from './problem.ts'
