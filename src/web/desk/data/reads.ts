import { useQuery } from '@tanstack/react-query'
import { callDesk, type DeskCall, type Sent } from './desk-api.ts'

type Read = DeskCall & `GET ${string}`
type Follow = { topics: readonly string[]; isEnabled?: boolean; pollMs?: number; isKept?: boolean }

/** Reads from the desk, and again when something of these topics changes. `isKept`: the data before stays until it is read. */
export function useDesk<Call extends Read>(call: Call, follow: Follow, sent: Sent<Call> = {}) {
  return useQuery({
    queryKey: keyOf(call, sent),
    queryFn: ({ signal }) => callDesk(call, sent, { signal }),
    meta: { topics: follow.topics },
    enabled: follow.isEnabled ?? true,
    placeholderData: data => (follow.isKept ? data : undefined),
    ...(follow.pollMs && { refetchInterval: follow.pollMs }),
  })
}

/** What a query is known by: ids as texts, as a bigint has no JSON. */
export function keyOf(call: string, { params = {}, query = {} }: { params?: object; query?: object } = {}): string[] {
  const texts = Object.entries({ ...params, ...query })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
  return ['desk', call, ...texts]
}
