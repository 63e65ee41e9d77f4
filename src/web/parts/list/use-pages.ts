import { hashKey, type QueryMeta, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useNews } from '../events/news.ts'

export type PagesOptions<Page, Row> = {
  queryKey: readonly unknown[]
  /** Reads the page that a token stands for; the empty token stands for the first. */
  readPage: (pageToken: string, signal: AbortSignal) => Promise<Page>
  tokenOf: (page: Page) => string | undefined
  rowsOf: (page: Page) => readonly Row[]
  meta: QueryMeta
  isEnabled?: boolean
  /** Whether what an earlier key has read may stay on the screen until this one is read. */
  isOfSame: (earlierKey: readonly unknown[]) => boolean
}

/** Reads a list page by page. A list read far down says `hasNews` instead of moving under its reader. */
export function usePages<Page, Row>(options: PagesOptions<Page, Row>) {
  const { queryKey, rowsOf } = options
  const client = useQueryClient()
  const query = usePagesQuery(options)
  const { hasNews, forget } = useNews(hashKey(queryKey))
  const pages: readonly Page[] = query.data?.pages ?? []
  const rows = pages.flatMap(page => rowsOf(page))
  return {
    rows,
    pages,
    data: query.data && rows,
    refetch: query.refetch,
    error: query.error,
    isPending: query.isPending,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
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

function usePagesQuery<Page, Row>(options: PagesOptions<Page, Row>) {
  const { queryKey, readPage, tokenOf, isOfSame, isEnabled = true, meta } = options
  return useInfiniteQuery({
    queryKey,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => readPage(pageParam, signal),
    getNextPageParam: (page: Page) => tokenOf(page),
    meta,
    enabled: isEnabled,
    placeholderData: (data, before) => (before && isOfSame(before.queryKey) ? data : undefined),
  })
}
