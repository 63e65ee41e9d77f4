import { int32, isCut } from '../schema.ts'
import { Type } from '../type.ts'

/** Where the next page begins; empty on the last page. */
export const ForwardPaging = Type.Object(
  { nextPageToken: Type.Optional(Type.String({ description: 'Send it as pageToken to read the next page.' })) },
  { title: 'PackagingForwardScrollingPagerDTO' },
)

/** The older way of paging, by page number. */
export const FlippingPager = Type.Object(
  {
    total: Type.Optional(int32({ description: 'How many items there are.' })),
    from: Type.Optional(int32({ description: 'Number of the first item on this page, from 1.' })),
    to: Type.Optional(int32({ description: 'Number of the last item on this page.' })),
    currentPage: Type.Optional(int32({ description: 'Number of this page, from 1.' })),
    pagesCount: Type.Optional(int32({ description: 'How many pages there are.' })),
    pageSize: Type.Optional(int32({ description: 'How many items a page has.' })),
  },
  { title: 'FlippingPagerDTO' },
)

export const pageToken = Type.Optional(
  Type.String({
    description: 'nextPageToken of the page before; page_token is understood too. Without it: the first page.',
  }),
)

export function pageLimit(maximum: number, byDefault?: number) {
  const bounds = { minimum: 1, maximum, description: 'How many items a page has at the most.' }
  return Type.Optional(int32(byDefault === undefined ? bounds : { ...bounds, default: byDefault }))
}

/** As pageLimit, where a larger one is cut. */
export function cutPageLimit(maximum: number) {
  const description = 'How many items a page has at the most; a larger number is cut to the maximum.'
  return Type.Optional(int32({ minimum: 1, maximum, default: maximum, [isCut]: true, description }))
}
