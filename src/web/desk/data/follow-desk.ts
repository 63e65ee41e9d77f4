import type { QueryClient } from '@tanstack/react-query'
import { parseJson } from '#contract'
import { followEvents } from '../../parts/events/follow-events.ts'
import { noteLineState } from '../../parts/events/freshness.ts'
import { readAnew } from '../../parts/events/news.ts'
import { noteHeard } from '../browser/heard.ts'
import { lookForUpdate } from '../browser/keep-offline.ts'
import { deskHeaders, eventsUrl } from './desk-api.ts'

/** Follows what changes at the desk until told to stop. What the server does not remember any more is read anew as a whole. */
export function followDesk(client: QueryClient): () => void {
  return followEvents({
    url: eventsUrl,
    headers: deskHeaders,
    onState: state => {
      noteLineState(state)
      if (state === 'live') noteHeard(Date.now())
    },
    onUnauthorized: () => void client.invalidateQueries({ queryKey: ['session'], exact: true }),
    // Also the first time: what was read before the stream began may have changed before it, too.
    onOpen: isAgain => {
      readAnew(client, 'everything')
      if (isAgain) void lookForUpdate()
    },
    onEvent: ({ name, data }) => {
      if (name === 'reset') return readAnew(client, 'everything')
      // The server sends what has changed together, ten times a second at most.
      if (name === 'changed') readAnew(client, topicsOf(data))
    },
  })
}

/** What a `changed` event is about, as the topics of queries: a chat's change may change every list. */
export function topicsOf(data: string): string[] {
  const parsed = parseJson(data)
  const value = parsed.ok ? parsed.value : undefined
  const about = typeof value === 'object' && value !== null && 'about' in value ? value.about : undefined
  return Array.isArray(about) ? about.flatMap(topicsOfChange) : []
}

function topicsOfChange(change: unknown): string[] {
  if (typeof change !== 'object' || change === null || !('kind' in change)) return []
  if (change.kind !== 'chat') return [String(change.kind)]
  const { cabinetId, chatId } = { cabinetId: undefined, chatId: undefined, ...change } as Record<string, unknown> // any object
  return ['views', chatTopic(String(cabinetId), String(chatId))]
}

export function chatTopic(cabinetId: string, chatId: string): string {
  return `chat ${cabinetId}/${chatId}`
}
