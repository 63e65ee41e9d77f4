import type { OperationName } from '#contract'
import { WireError } from '../errors.ts'
import type { Page, Pages } from '../types.ts'

type Source<Item> = {
  operation: OperationName
  /** Where in its answers the paging is. */
  pagingAt: string
  read(token?: string): Promise<Page<Item>>
}

/** Pages that are read when they are wanted. Each loop begins with the first page. */
export function makePages<Item>(source: Source<Item>): Pages<Item> {
  const pages = () => walk(source)
  return {
    page: source.read,
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const { items } of pages()) yield* items
    },
  }
}

async function* walk<Item>({ operation, pagingAt, read }: Source<Item>): AsyncGenerator<Page<Item>, void> {
  const seen = new Set<string>()
  for (let token: string | undefined; ; ) {
    const page = await read(token)
    if (seen.has(page.nextPageToken ?? '')) {
      const path = `${pagingAt}.nextPageToken`
      throw new WireError({ operation, status: 200, path, why: 'comes again: the walk would have no end' })
    }
    yield page
    token = page.nextPageToken
    if (token === undefined) return
    seen.add(token)
  }
}

/** A page as the client gives it. An empty token means the last page. */
export function pageOf<Item>(items: Item[], paging: { nextPageToken?: string } | undefined): Page<Item> {
  const token = paging?.nextPageToken
  return token ? { items, nextPageToken: token } : { items }
}

/** The query of a page. */
export function pageQuery(limit: number, token: string | undefined): { limit: number; pageToken?: string } {
  return token === undefined ? { limit } : { limit, pageToken: token }
}
