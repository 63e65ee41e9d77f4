import type { Query, QueryClient } from '@tanstack/react-query'
import { makeWatched } from './watched.ts'

declare module '@tanstack/react-query' {
  interface Register {
    /** `topics`: what a query is about, in the words of the server's events. */
    queryMeta: { topics?: readonly string[] }
  }
}

// A longer list is not read anew under its reader; it says that there is something new.
const maxPagesReadAnew = 3

/** Lists, by the hash of their query, that have something new and were not read anew. */
const withNews = makeWatched<ReadonlySet<string>>(new Set())

export function useNews(queryHash: string): { hasNews: boolean; forget: () => void } {
  const hasNews = withNews.use(hashes => hashes.has(queryHash))
  return { hasNews, forget: () => withNews.write(new Set([...withNews.read()].filter(hash => hash !== queryHash))) }
}

/** Reads anew what is about one of these topics; of long lists it only says that they have news. */
export function readAnew(client: QueryClient, about: readonly string[] | 'everything'): void {
  for (const query of client.getQueryCache().getAll()) {
    const topics = query.meta?.topics
    const isMeant = topics !== undefined && (about === 'everything' || topics.some(topic => about.includes(topic)))
    if (!isMeant) continue
    if (pagesOf(query) > maxPagesReadAnew) withNews.write(new Set([...withNews.read(), query.queryHash]))
    else readSoon(client, query)
  }
}

/** Queries that are being read, and are to be read again then. */
const again = new WeakSet<Query>()

/**
 * What is being read may be older than the news, so it is read again when it is here. Broken off for each news, it would never be
 * read to its end where news comes faster than answers.
 */
function readSoon(client: QueryClient, query: Query): void {
  if (again.has(query)) return
  again.add(query)
  // Whoever asked for it is told.
  const ended = query.state.fetchStatus === 'fetching' ? query.fetch().catch(() => {}) : Promise.resolve()
  void ended.then(() => {
    again.delete(query)
    void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  })
}

/** How many pages an infinite query has read; of another query, none. */
function pagesOf({ state: { data } }: Query): number {
  const pages = typeof data === 'object' && data !== null && 'pages' in data ? data.pages : undefined
  return Array.isArray(pages) ? pages.length : 0
}
