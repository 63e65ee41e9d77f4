import { useSyncExternalStore } from 'react'

/** A value outside of React that components can follow. */
export function makeWatched<Value>(first: Value) {
  let value = first
  const watchers = new Set<() => void>()
  const watch = (watcher: () => void) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }
  return {
    read: () => value,
    write(next: Value): void {
      value = next
      for (const watcher of watchers) watcher()
    },
    /** What `select` makes of it; a component is drawn anew when that changes. */
    use: <Selected>(select: (value: Value) => Selected) => useSyncExternalStore(watch, () => select(value)),
  }
}
