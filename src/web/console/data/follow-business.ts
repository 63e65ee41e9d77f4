import type { QueryClient } from '@tanstack/react-query'
import { followEvents } from '../../parts/events/follow-events.ts'
import { noteLineState } from '../../parts/events/freshness.ts'
import { readAnew } from '../../parts/events/news.ts'
import { consoleHeaders } from './market.ts'

/**
 * Follows what changes in a business until told to stop. Events are hints and none is kept, so everything is read anew
 * after a lost line.
 */
export function followBusiness(client: QueryClient, businessId: string): () => void {
  return followEvents({
    url: `/admin/v1/businesses/${encodeURIComponent(businessId)}/events`,
    headers: consoleHeaders,
    onState: noteLineState,
    onUnauthorized: () => void client.invalidateQueries({ queryKey: ['session'], exact: true }),
    onOpen: isAgain => {
      if (isAgain) readAnew(client, 'everything')
    },
    onEvent: ({ name, data }) => {
      if (name === 'changed') readAnew(client, topicsOf(data))
    },
  })
}

/** What a `changed` event is about. */
export function topicsOf(data: string): string[] {
  const value: unknown = JSON.parse(data)
  const about = typeof value === 'object' && value !== null && 'about' in value ? value.about : undefined
  return Array.isArray(about) ? about.map(String) : []
}
