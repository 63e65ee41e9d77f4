import fc from 'fast-check'
import { expect, test } from 'vitest'
import { operations } from '#contract'
import { canonicalUrl } from './canonical-url.ts'

const published = fc
  .tuple(fc.constantFrom(...Object.values(operations)), fc.nat())
  .map(([{ path }, id]) => path.replace(/\{\w+\}/g, `${id}`))
const isOfVersion2 = (path: string) => path.startsWith('/v2/')
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map(text => `?${text}`),
)

test('the four forms of a published path are one', () => {
  fc.assert(
    fc.property(published, query, (path, search) => {
      const forms = [path, `${path}.json`, ...(isOfVersion2(path) ? [path.slice(3), `${path.slice(3)}.json`] : [])]
      for (const form of forms) expect(canonicalUrl(form + search)).toBe(path + search)
    }),
  )
})

test('no other version than /v2 is left out', () => {
  expect(canonicalUrl('/businesses/7/orders')).toBe('/v2/businesses/7/orders')
  expect(canonicalUrl('/v1/businesses/7/orders.json')).toBe('/v1/businesses/7/orders')
})

test('a path that is canonical stays as it is', () => {
  fc.assert(
    fc.property(published, query, (path, search) => {
      expect(canonicalUrl(path + search)).toBe(path + search)
    }),
  )
})

test('what is said in the query is never touched', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.string(), (path, search) => {
      expect(canonicalUrl(`${path}?${search}`).split('?').slice(1).join('?')).toBe(search)
    }),
  )
})

test.each([
  '/',
  '/healthz',
  '/openapi.json',
  '/docs',
  '/docs/x.json',
  '/files/1/2/3',
  '/admin/v1/businesses',
  '/buyer/v1/chats.json',
  '/V2/campaigns.json',
  '/v3/campaigns',
  '/campaignsx',
  '/businesses1/2',
  '/v2',
  '/v20/campaigns',
])('%s is left alone', path => {
  expect(canonicalUrl(path)).toBe(path)
})
