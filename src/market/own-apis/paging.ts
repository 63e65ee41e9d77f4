import { type PageTokens, problems } from '#serving'

/** What a page token says of where its page begins; undefined for the first page. Throws if it is no token of this list. */
export function openPageToken(
  pageTokens: PageTokens,
  owner: readonly unknown[],
  { pageToken }: { pageToken?: string | undefined },
): string[] | undefined {
  if (pageToken === undefined) return undefined
  const position = pageTokens.open(owner, pageToken)
  if (!position) throw problems.misfit('pageToken', 'is not a token of this list')
  return position
}

/** A page of rows that were read one more than fits; `last` is its last row if the list goes on after it. */
export function cutPage<Row>(rows: readonly Row[], limit: number): { page: Row[]; last: Row | undefined } {
  const page = rows.slice(0, limit)
  return { page, last: rows.length > limit ? page.at(-1) : undefined }
}
