import { expect, test } from 'vitest'
import { encodingsFor } from './encodings.ts'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['identity', 'identity'],
  ['gzip', 'gzip identity'],
  ['gzip, deflate, br, zstd', 'br gzip identity'],
  ['GZIP;Q=0.5, BR ; q=0.4', 'gzip br identity'],
  ['br;q=0, gzip', 'gzip identity'],
  ['*', 'br gzip identity'],
  ['*;q=0', 'identity'],
  ['br;q=0, *;q=0.1', 'gzip identity'],
  ['identity;q=0', 'identity'],
  ['br;q=nonsense', 'identity'],
  [`${'x,'.repeat(5000)}br`, 'identity'],
])('to whom accepts %s is sent the first there is of: %s', (accepted, encodings) => {
  expect(encodingsFor(accepted).join(' ')).toBe(encodings)
})
