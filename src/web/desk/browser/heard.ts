const key = 'prilavok.desk.heardAt'
const everyMs = 5_000

let lastAt = 0

/** The desk was heard just now: kept, so that a page that is loaded without it knows since when it is away. */
export function noteHeard(now: number): void {
  if (now - lastAt < everyMs) return
  lastAt = now
  localStorage.setItem(key, String(now))
}

/** When the desk was last heard in this browser. */
export function lastHeard(): Date | undefined {
  const at = Number(localStorage.getItem(key))
  return at > 0 ? new Date(at) : undefined
}

/** For good, as long as this page is open: its stream may be heard once more. */
export function forgetHeard(): void {
  lastAt = Number.POSITIVE_INFINITY
  localStorage.removeItem(key)
}
