import type { Query, QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { consoleHeaders } from '../http/call.ts'

/** What a change may be about, as the server says it. */
export type Topic = 'chats' | 'deliveries' | 'subscriptions' | 'requests' | 'lab'

/** How fresh the screen is: `at` is when the line was last heard. */
export type Freshness = { state: 'connecting' | 'live' | 'lost'; at: number }

const silenceMs = 40_000 // two heartbeats and a half
const hiddenPatienceMs = 10_000
const waitsMs = [500, 1000, 2000, 4000, 8000, 15_000]
// A longer list is not read anew under its reader; it says that there is something new.
const pagesReadAnew = 3

let freshness: Freshness = { state: 'connecting', at: 0 }
const watchers = new Set<() => void>()

function tell(state: Freshness['state']): void {
  freshness = { state, at: state === 'live' ? Date.now() : freshness.at }
  for (const watcher of watchers) watcher()
}

export function useFreshness(): Freshness {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => freshness,
  )
}

/** Lists with something new that was not read because their reader is deep in them. */
const withNews = new Set<string>()

export function useNews(queryHash: string): { hasNews: boolean; forget: () => void } {
  const hasNews = useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => withNews.has(queryHash),
  )
  return { hasNews, forget: () => withNews.delete(queryHash) }
}

function changed(client: QueryClient, about: readonly string[] | 'everything'): void {
  for (const query of client.getQueryCache().getAll()) {
    const { topics: of } = (query.meta ?? {}) as { topics?: readonly Topic[] } // set by our hooks
    const isMeant = about === 'everything' ? of !== undefined : of?.some(topic => about.includes(topic))
    if (!isMeant) continue
    if (pagesOf(query) > pagesReadAnew) withNews.add(query.queryHash)
    else void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  }
  tell(freshness.state)
}

function pagesOf(query: Query): number {
  const data = query.state.data as { pages?: unknown[] } | undefined // of an infinite query
  return data?.pages?.length ?? 0
}

/**
 * Follows a cabinet until told to stop. After a lost line everything is read anew: events are hints and none is kept. A
 * tab that nobody looks at lets go of its line: a browser has six to a server, for all of its tabs.
 */
export function followBusiness(client: QueryClient, businessId: string): () => void {
  const ended = new AbortController()
  let stopped = new AbortController()
  let parting: ReturnType<typeof setTimeout> | undefined
  const start = (isFirst: boolean) => {
    stopped = new AbortController()
    void follow(client, businessId, { stopped: stopped.signal, isFirst })
  }
  const look = () => {
    clearTimeout(parting)
    if (document.hidden) parting = setTimeout(() => stopped.abort(), hiddenPatienceMs)
    else if (stopped.signal.aborted) start(false)
  }
  document.addEventListener('visibilitychange', look, { signal: ended.signal })
  start(true)
  return () => {
    clearTimeout(parting)
    ended.abort()
    stopped.abort()
  }
}

type Following = { stopped: AbortSignal; isFirst: boolean }

async function follow(client: QueryClient, businessId: string, { stopped, isFirst }: Following): Promise<void> {
  let failures = 0
  tell('connecting')
  for (let times = isFirst ? 0 : 1; !stopped.aborted; times++) {
    const opened = await readStream(businessId, stopped, about => {
      failures = 0
      if (about === 'open') {
        tell('live')
        if (times > 0) changed(client, 'everything')
      } else changed(client, about)
    })
    if (stopped.aborted) return
    // A stream that the server ended after it had stood is opened again at once.
    if (!opened) tell('lost')
    await pause(waitsMs[Math.min(failures++, waitsMs.length - 1)] ?? 0, stopped)
  }
}

type Heard = (about: 'open' | readonly string[]) => void

/** Resolves when the line is over, with whether it had stood at all. */
async function readStream(businessId: string, stopped: AbortSignal, heard: Heard): Promise<boolean> {
  const silent = new AbortController()
  let alarm: ReturnType<typeof setTimeout> | undefined
  const listen = () => {
    clearTimeout(alarm)
    alarm = setTimeout(() => silent.abort(), silenceMs)
  }
  let hasStood = false
  try {
    listen()
    window.addEventListener('offline', () => silent.abort(), { signal: stopped })
    const answer = await fetch(`/admin/v1/businesses/${encodeURIComponent(businessId)}/events`, {
      headers: { ...consoleHeaders, accept: 'text/event-stream' },
      signal: AbortSignal.any([stopped, silent.signal]),
      cache: 'no-store',
    })
    if (!answer.ok || !answer.body) return false
    hasStood = true
    heard('open')
    await readBlocks(answer.body, listen, heard)
  } catch {
    hasStood = false // the line broke: told by its state, and tried again
  } finally {
    clearTimeout(alarm)
  }
  return hasStood
}

async function readBlocks(body: ReadableStream<Uint8Array>, listen: () => void, heard: Heard): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader() // typed apart
  for (let rest = ''; ; ) {
    const { done, value } = await reader.read()
    if (done) return
    listen()
    tell('live')
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const about = aboutOf(block)
      if (about) heard(about)
    }
  }
}

/** What a `changed` event is about. */
export function aboutOf(block: string): string[] | undefined {
  const lines = block.split('\n')
  if (!lines.includes('event: changed')) return undefined
  const data = lines.find(line => line.startsWith('data: '))?.slice('data: '.length) ?? '{}'
  const { about } = JSON.parse(data) as { about?: string[] } // ours
  return about
}

/** Waits, but not past the moment when the machine has a network again. */
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = new AbortController()
    const end = () => {
      clearTimeout(timer)
      done.abort()
      resolve()
    }
    const timer = setTimeout(end, ms)
    window.addEventListener('online', end, { signal: done.signal })
    stopped.addEventListener('abort', end, { signal: done.signal })
  })
}
