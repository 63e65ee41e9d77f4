import { useSyncExternalStore } from 'react'

/** Now, as the server has it: its clock may be ahead of this machine's. */
let offsetMs = 0
let tick = Math.floor(Date.now() / 1000)
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

export function setClockOffset(ms: number): void {
  offsetMs = ms
  tell()
}

function tell(): void {
  tick = Math.floor((Date.now() + offsetMs) / 1000)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tell, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) timer = void clearInterval(timer)
  }
}

/** The server's time, to the second; a component that shows it is drawn anew each second. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => tick) * 1000)
}

export function clockNow(): Date {
  return new Date(Date.now() + offsetMs)
}
