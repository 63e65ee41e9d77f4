import { setTimeout as after } from 'node:timers/promises'

/** What the work comes to, or undefined when it has not ended in time; it goes on then, and its failure is ignored. */
export async function deadline<T>(ms: number, work: Promise<T> | undefined): Promise<T | undefined> {
  const timer = new AbortController()
  const late = after(ms, undefined, { ref: false, signal: timer.signal }).catch(() => undefined) // called off
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
