import { useSyncExternalStore } from 'react'

/** The keys that somebody has chosen, by those that an act has of itself. */
type Bindings = ReadonlyMap<string, string>

const watchers = new Set<() => void>()
let bindings: Bindings = new Map()

export function bindKeys(chosen: Bindings): void {
  bindings = chosen
  for (const watcher of watchers) watcher()
}

/** The keys that do now what these do of themselves. */
export function keysInForce(keys: string): string {
  return bindings.get(keys) ?? keys
}

export function useKeysInForce(keys: string): string {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => keysInForce(keys),
  )
}
