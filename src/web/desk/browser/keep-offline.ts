import { forgetHeard } from './heard.ts'

const isPossible = () => 'serviceWorker' in navigator // not where the page comes by plain HTTP from another machine

/** From now on a reload without the desk shows what is known instead of the browser's own error. Without it all else works. */
export function keepOffline(): void {
  if (!isPossible()) return
  navigator.serviceWorker
    .register('/desk/worker.js', { scope: '/desk', updateViaCache: 'none' })
    .catch(error => console.warn('the desk cannot be kept for when it is away', error))
}

/** The desk may have been updated while it was away. */
export async function lookForUpdate(): Promise<void> {
  if (!isPossible()) return
  const registration = await navigator.serviceWorker.getRegistration('/desk')
  await registration?.update().catch(() => {}) // away again: it is looked for with the next page
}

/** Calls back when another build has taken over from the one of this page. Returns what ends the watch. */
export function watchUpdates(onUpdate: () => void): () => void {
  if (!isPossible()) return () => {}
  let isFirst = navigator.serviceWorker.controller === null
  const onChange = () => {
    if (!isFirst) onUpdate()
    isFirst = false
  }
  navigator.serviceWorker.addEventListener('controllerchange', onChange)
  return () => navigator.serviceWorker.removeEventListener('controllerchange', onChange)
}

/** Nothing stays in the browser of who signs out. */
export async function forgetOffline(): Promise<void> {
  forgetHeard()
  if (!isPossible()) return
  const registration = await navigator.serviceWorker.getRegistration('/desk')
  await registration?.unregister()
  for (const name of await caches.keys()) if (name.startsWith('prilavok-desk ')) await caches.delete(name)
}
