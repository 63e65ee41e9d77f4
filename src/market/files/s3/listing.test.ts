import { expect, test } from 'vitest'
import { readPage } from './listing.ts'

const entry = (key: string, more = '') =>
  `<Contents><Key>${key}</Key><LastModified>2026-03-01T09:00:00.000Z</LastModified><ETag>&quot;0&quot;</ETag>${more}<Size>7</Size></Contents>`
const page = (content: string) =>
  `<?xml version="1.0"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>${content}</ListBucketResult>`
const object = (key: string) => ({ key, sizeBytes: 7, savedAt: new Date('2026-03-01T09:00:00Z') })

test('a page that is the last one has no next', () => {
  const owner = '<Owner><ID>7</ID><DisplayName>Key</DisplayName></Owner>\n'

  expect(readPage(page(''))).toEqual({ objects: [], next: undefined })
  expect(readPage(page(`<IsTruncated>false</IsTruncated>${entry('a/b')}${entry('a/c', owner)}`))).toEqual({
    objects: [object('a/b'), object('a/c')],
    next: undefined,
  })
})

test('the token of the next page is read as it was before it was put into XML', () => {
  const token = '<NextContinuationToken>a&amp;b&#43;c&#x3D;&lt;&amp;lt;</NextContinuationToken>'

  expect(readPage(page(`<IsTruncated>true</IsTruncated>${token}${entry('a')}`)).next).toBe('a&b+c=<&lt;')
})
