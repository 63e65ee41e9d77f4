import { randomBytes } from 'node:crypto'

const valid = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** The traceparent of an answer: the caller's trace if it sent a valid one, else a trace of its own; a span of its own. */
export function traceparent(incoming: unknown): string {
  const chance = randomBytes(24).toString('hex')
  return `00-${traceIdOf(incoming) ?? chance.slice(0, 32)}-${chance.slice(32)}-01`
}

/** All-zero ids are invalid by the W3C recommendation. */
function traceIdOf(incoming: unknown): string | undefined {
  const match = typeof incoming === 'string' ? valid.exec(incoming) : null
  if (!match || /^0+$/.test(match[1] ?? '') || /^0+$/.test(match[2] ?? '')) return undefined
  return match[1]
}
