import { hashKey, useQuery } from '@tanstack/react-query'
import { usePages } from '../../parts/list/use-pages.ts'
import { useBusinessId } from './business.ts'
import { type AdminCall, type AnswerOf, callAdmin, type Sent } from './market.ts'

/** The subjects of changes, as the market's events name them. */
type Topic = 'chats' | 'deliveries' | 'subscriptions' | 'requests' | 'lab'

type AdminRead = AdminCall & `GET ${string}`
type Follow = { topics: readonly Topic[]; isEnabled?: boolean; pollMs?: number }

/** Reads `GET /businesses/{businessId}/…` of the business on the screen, and again when something of its topics changes. */
export function useAdmin<Call extends AdminRead>(call: Call, follow: Follow, sent: Sent<Call> = {}) {
  const businessId = useBusinessId()
  const queryKey = keyOf(businessId, call, sent)
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => callAdmin(call, sent, { params: { businessId }, signal }),
    meta: { topics: follow.topics },
    enabled: follow.isEnabled ?? true,
    placeholderData: (data, before) => (before && isOfSame(before.queryKey, queryKey) ? data : undefined),
    ...(follow.pollMs && { refetchInterval: follow.pollMs }),
  })
}

/** Reads a list of the business on the screen page by page. */
export function useAdminPages<Call extends AdminRead, Row>(
  call: Call,
  { topics, rowsOf, isEnabled }: Follow & { rowsOf: (page: AnswerOf<Call>) => readonly Row[] },
  sent: Sent<Call> = {},
) {
  const businessId = useBusinessId()
  const queryKey = [...keyOf(businessId, call, sent), 'pages']
  return usePages<AnswerOf<Call>, Row>({
    queryKey,
    readPage: (pageToken, signal) => callAdmin(call, sent, { params: { businessId }, query: { pageToken }, signal }),
    tokenOf,
    rowsOf,
    meta: { topics },
    ...(isEnabled !== undefined && { isEnabled }),
    isOfSame: earlierKey => isOfSame(earlierKey, queryKey),
  })
}

function tokenOf(page: unknown): string | undefined {
  const token = typeof page === 'object' && page !== null && 'nextPageToken' in page ? page.nextPageToken : undefined
  return typeof token === 'string' ? token : undefined
}

type Key = readonly [scope: 'admin', businessId: string, call: string, params: string[], query: string[]]

function keyOf(businessId: string, call: string, { params, query }: { params?: object; query?: object }): Key {
  return ['admin', businessId, call, textsOf(params), textsOf(query)]
}

/** Data stays on the screen while another filter is read, but not data of another chat or another business. */
function isOfSame(earlier: readonly unknown[], key: readonly unknown[]): boolean {
  return hashKey(earlier.slice(1, 4)) === hashKey(key.slice(1, 4))
}

function textsOf(values: object = {}): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
}
