import { type PageTokens, problems } from '#serving'

type Asked = { pageToken?: string | undefined }

/** The place that a page token names; undefined for the first page. Throws if it is not a token of this list. */
export function placeOf(pageTokens: PageTokens, owner: readonly unknown[], { pageToken }: Asked): string[] | undefined {
  if (pageToken === undefined) return undefined
  const place = pageTokens.open(owner, pageToken)
  if (!place) throw problems.misfit('pageToken', 'is not a token of this list')
  return place
}
