import type { S3Client } from './s3-client.ts'

export type S3Object = { key: string; sizeBytes: number; savedAt: Date }
type Page = { objects: S3Object[]; next: string | undefined }
/** What was there, and when that was, by the clock of S3. */
export type Listing = Page & { at: Date }

/** A page of what is in the bucket under a prefix, in the order of keys (ListObjectsV2); `next` continues it. */
export async function listObjects(client: S3Client, prefix: string, next?: string): Promise<Listing> {
  const query = { 'list-type': '2', prefix, ...(next !== undefined && { 'continuation-token': next }) }
  const { text, headers } = await client.ask({ method: 'GET', query })
  return { ...readPage(text), at: new Date(headers.date ?? Number.NaN) }
}

/** All of it, a page at a time. */
export async function* listPages(client: S3Client, prefix: string): AsyncGenerator<S3Object[]> {
  let next: string | undefined
  do {
    const page = await listObjects(client, prefix, next)
    yield page.objects
    next = page.next
  } while (next !== undefined)
}

/** Keys of ours have nothing that XML would escape; those of others are left as they are written. */
export function readPage(xml: string): Page {
  const objects = Array.from(xml.matchAll(/<Contents>(.*?)<\/Contents>/gs), ([, entry = '']) => ({
    key: textOf(entry, 'Key') ?? '',
    sizeBytes: Number(textOf(entry, 'Size')),
    savedAt: new Date(textOf(entry, 'LastModified') ?? Number.NaN),
  }))
  const token = textOf(xml, 'NextContinuationToken')
  return { objects, next: textOf(xml, 'IsTruncated') === 'true' ? token && readXmlText(token) : undefined }
}

function textOf(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function readXmlText(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name = '') =>
    hex || decimal ? String.fromCodePoint(Number(decimal ?? `0x${hex}`)) : (entities[name] ?? ''),
  )
}
