import { expect, test } from 'vitest'
import { describeWhereabouts } from './whereabouts.ts'

const asAsked = {
  accountName: 'nobody',
  dataDir: '/root/x',
  folder: '/root/x',
  packaged: '/m/native',
  programs: '/m/native',
}

test.each([
  ['nothing when all files are where they were asked to be', {}, undefined],
  [
    'where the data is',
    { folder: '/var/d' },
    'PostgreSQL runs as nobody, who cannot enter /root/x: its files are in /var/d',
  ],
  [
    'where the programs are',
    { programs: '/var/p' },
    'PostgreSQL runs as nobody, who cannot run the programs in /m: a copy is in /var/p',
  ],
  [
    'where both are',
    { folder: '/var/d', programs: '/var/p' },
    'PostgreSQL runs as nobody, who cannot enter /root/x: its files are in /var/d, its programs in /var/p',
  ],
])('it says %s', (_, moved, line) => {
  expect(describeWhereabouts({ ...asAsked, ...moved })).toBe(line)
})
