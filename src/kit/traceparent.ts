import { randomFillSync } from 'node:crypto'

const valid = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** The traceparent of an answer: the caller's trace if it sent a valid one, else a trace of its own; a span of its own. */
export function traceparent(incoming: unknown): string {
  const chance = takeChance()
  return `00-${traceIdOf(incoming) ?? chance.slice(0, 32)}-${chance.slice(32)}-01`
}

const bytesEach = 24
const pool = Buffer.alloc(bytesEach * 170)
let taken = pool.length

/** 48 hex digits by chance. The system is asked for many at a time: that costs as much as asking for a few. */
function takeChance(): string {
  if (taken === pool.length) {
    randomFillSync(pool)
    taken = 0
  }
  taken += bytesEach
  return pool.toString('hex', taken - bytesEach, taken)
}

/** All-zero ids are invalid by the W3C recommendation. */
function traceIdOf(incoming: unknown): string | undefined {
  const match = typeof incoming === 'string' ? valid.exec(incoming) : null
  if (!match || /^0+$/.test(match[1] ?? '') || /^0+$/.test(match[2] ?? '')) return undefined
  return match[1]
}
