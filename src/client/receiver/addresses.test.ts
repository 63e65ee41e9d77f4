import { BlockList } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notificationSources } from '#contract'
import { makeIsWithin } from './addresses.ts'

const isWithin = (ranges: readonly string[], address: string) => makeIsWithin(ranges)?.(address)

test.for([
  ['5.45.207.0', true],
  ['5.45.207.127', true],
  ['5.45.207.128', false],
  ['141.8.142.1', true],
  ['5.255.253.126', true],
  ['5.255.254.1', false],
  ['::ffff:5.45.207.1', true],
  ['::FFFF:052d:cf01', true],
  ['::ffff:5.45.207.200', false],
  ['5.45.207.1:443', true],
  ['[::ffff:5.45.207.1]:443', true],
  ['::5.45.207.1', false],
  ['127.0.0.1', false],
  ['', false],
  ['5.45.207', false],
  ['5.45.207.01', false],
  ['5.45.207.1.1', false],
  ['unknown', false],
] as const)("%s is one of Yandex.Market's addresses: %s", ([address, is]) => {
  expect(isWithin(notificationSources, address)).toBe(is)
})

test.for([
  ['2001:db8::/32', '2001:db8:1::7', true],
  ['2001:db8::/32', '2001:db9::7', false],
  ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', true],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['::/0', '::1', true],
  ['::/0', '10.0.0.1', false],
  ['0.0.0.0/0', '10.0.0.1', true],
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['10.1.2.3/8', '10.200.0.1', true],
] as const)('%s holds %s: %s', ([range, address, is]) => {
  expect(isWithin([range], address)).toBe(is)
})

test.for([
  '',
  'yandex',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '2001:db8::/129',
  '1::2::3',
  '1:2:3:4::5:6:7:8',
  '10.0.0',
])('"%s" is no range', range => {
  expect(makeIsWithin(['10.0.0.0/8', range])).toBeUndefined()
})

test("addresses of both families are judged as Node's own list judges them", () => {
  const v4 = { parts: 4, max: 255, bits: 32, family: 'ipv4' as const, format: (parts: number[]) => parts.join('.') }
  const format6 = (parts: number[]) => parts.map(part => part.toString(16)).join(':')
  const v6 = { parts: 8, max: 65_535, bits: 128, family: 'ipv6' as const, format: format6 }
  const cases = fc.constantFrom(v4, v6).chain(kind =>
    fc.record({
      kind: fc.constant(kind),
      parts: fc.array(fc.nat(kind.max), { minLength: kind.parts, maxLength: kind.parts }),
      length: fc.nat(kind.bits),
      changed: fc.nat(kind.parts - 1),
      to: fc.nat(kind.max),
    }),
  )

  fc.assert(
    fc.property(cases, ({ kind, parts, length, changed, to }) => {
      const [network, asked] = [kind.format(parts), kind.format(parts.with(changed, to))]
      const list = new BlockList()
      list.addSubnet(network, length, kind.family)
      expect(isWithin([`${network}/${length}`], asked)).toBe(list.check(asked, kind.family))
    }),
    { numRuns: 2_000 },
  )
})
