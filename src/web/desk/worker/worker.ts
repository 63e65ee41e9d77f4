/** The desk's service worker: says that the desk is away when it is. It keeps files of its own build and nothing of chats. */
import { handlerOf } from './handle.ts'

declare const self: ServiceWorkerGlobalScope
/** Put before this file by the build: its scripts, styles and fonts, and what tells it from other builds. */
declare const builtDesk: { version: string; entry: string; files: readonly string[] }

const page = '/desk/'
const patienceMs = 10_000
const { version, entry, files } = builtDesk
const cacheName = `prilavok-desk ${version}`

self.addEventListener('install', event => event.waitUntil(keep().then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(dropOthers().then(() => self.clients.claim())))
self.addEventListener('fetch', event => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (origin !== self.location.origin) return
  const handler = handlerOf({ method: request.method, mode: request.mode, path: pathname }, files)
  if (handler === 'page') event.respondWith(answerPage(request))
  if (handler === 'file') event.respondWith(answerFile(request))
})

/** All of it or nothing: a page of another build would ask for files that are not here, and is not kept. */
async function keep(): Promise<void> {
  const cache = await caches.open(cacheName)
  const answer = await fetch(page, { cache: 'no-store', credentials: 'omit' })
  if (!answer.ok || !(await answer.clone().text()).includes(entry)) throw new Error('the desk has another build by now')
  await cache.addAll([...files])
  await cache.put(page, answer)
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  const others = names.filter(name => name.startsWith('prilavok-desk ') && name !== cacheName)
  await Promise.all(others.map(name => caches.delete(name)))
}

/** A proxy that stands before a desk that is away is no desk. */
async function answerPage(request: Request): Promise<Response> {
  const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined)
  if (answer && answer.status !== 502 && answer.status !== 504) return answer
  return (await kept(page)) ?? answer ?? Response.error()
}

async function answerFile(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request)
}

async function kept(what: Request | string): Promise<Response | undefined> {
  const cache = await caches.open(cacheName)
  return cache.match(what, { ignoreVary: true })
}
