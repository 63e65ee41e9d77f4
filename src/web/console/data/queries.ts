import { hashKey, QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Topic, useNews } from '../../parts/events/live.ts'
import { ProblemError } from '../../parts/http/call.ts'
import { type AdminCall, type AnswerOf, callAdmin, type Sent } from './admin-api.ts'
import { useBusinessId } from './business.ts'

const retriesMost = 3

/** Refusals are final; a market or a database that is away is asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => isPassing(error) && failures < retriesMost,
        retryDelay: failures => 500 * 2 ** failures,
      },
    },
  })
}

function isPassing(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status >= 500)
}

type Follow = { topics: readonly Topic[]; isEnabled?: boolean; pollMs?: number }

/** Reads `GET /businesses/{businessId}/…` of the cabinet on the screen, and again when something of its topics changes. */
export function useAdmin<Call extends AdminCall & `GET ${string}`>(call: Call, follow: Follow, sent: Sent<Call> = {}) {
  const businessId = useBusinessId()
  return useQuery({
    queryKey: ['admin', businessId, call, textsOf(sent.params), textsOf(sent.query)],
    queryFn: ({ signal }) => callAdmin(call, { ...sent, params: { businessId, ...sent.params }, signal } as Sent<Call>),
    meta: { topics: follow.topics },
    enabled: follow.isEnabled ?? true,
    placeholderData: (data, before) => (isOfSame(before, [businessId, call, sent.params]) ? data : undefined),
    ...(follow.pollMs && { refetchInterval: follow.pollMs }),
  })
}

type Paged = { nextPageToken?: string | undefined }

/** Reads a list of the cabinet page by page. A list read far down says `hasNews` instead of moving under its reader. */
export function useAdminPages<Call extends AdminCall & `GET ${string}`, Row>(
  call: Call,
  follow: Follow & { rowsOf: (page: AnswerOf<Call>) => readonly Row[] },
  sent: Sent<Call> = {},
) {
  const businessId = useBusinessId()
  const client = useQueryClient()
  const queryKey = ['admin', businessId, call, textsOf(sent.params), textsOf(sent.query), 'pages']
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      callAdmin(call, {
        ...sent,
        params: { businessId, ...sent.params },
        query: { ...sent.query, pageToken: pageParam },
        signal,
      } as Sent<Call>),
    getNextPageParam: page => (page as Paged).nextPageToken,
    meta: { topics: follow.topics },
    enabled: follow.isEnabled ?? true,
    placeholderData: (data, before) => (isOfSame(before, [businessId, call, sent.params]) ? data : undefined),
  })
  const { hasNews, forget } = useNews(hashKey(queryKey))
  const rows = (query.data?.pages ?? []).flatMap(page => follow.rowsOf(page as AnswerOf<Call>))
  return {
    rows,
    pages: query.data?.pages ?? [],
    data: query.data && rows,
    refetch: query.refetch,
    error: query.error,
    isPending: query.isPending,
    isPlaceholder: query.isPlaceholderData,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    retry: () => void query.refetch(),
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    hasNews,
    /** Back to the first page, read anew. */
    showNews: () => {
      forget()
      void client.resetQueries({ queryKey, exact: true })
    },
  }
}

/** What stays on the screen while another filter is read. What is of another chat, or another cabinet, does not. */
function isOfSame(
  before: { queryKey: readonly unknown[] } | undefined,
  [businessId, call, params]: unknown[],
): boolean {
  const place = [businessId, call, textsOf(params as object | undefined)] // as the callers' key has it
  return before !== undefined && hashKey(before.queryKey.slice(1, 4)) === hashKey(place)
}

function textsOf(values: object = {}): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
}
