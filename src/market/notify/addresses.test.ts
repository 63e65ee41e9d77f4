import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bytesOf,
  embeddings,
  forbidden4,
  forbidden6,
  notations4,
  publicAddresses,
} from '../../../test/support/ssrf-corpus.ts'
import { isPublicAddress } from './addresses.ts'
import { checkWebhookUrl } from './webhook-url.ts'

const numberOf = (address: string) => bytesOf(address).reduce((sum, byte) => sum * 256 + byte, 0)
const spell = (value: number) => [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.')
const forbidden = fc
  .constantFrom(...forbidden4)
  .chain(([, first, last]) => fc.integer({ min: numberOf(first), max: numberOf(last) }).map(spell))
const isForbidden = (value: number) =>
  forbidden4.some(([, first, last]) => value >= numberOf(first) && value <= numberOf(last))

test('no address of a forbidden range is public, however it is written or wrapped', () => {
  const notation = fc.constantFrom(...Object.values(notations4))
  const embedding = fc.constantFrom(...Object.values(embeddings))
  fc.assert(
    fc.property(forbidden, notation, embedding, (address, write, embed) => {
      expect(isPublicAddress(address)).toBe(false)
      expect(isPublicAddress(embed(bytesOf(address)))).toBe(false)
      for (const host of [write(bytesOf(address)), `[${embed(bytesOf(address))}]`])
        expect(checkWebhookUrl(`https://${host}/`, false), host).toMatch(/private or local/)
    }),
    { numRuns: 2_000 },
  )
})

test('every other IPv4 address is public', () => {
  const any = fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter(value => !isForbidden(value))
  fc.assert(
    fc.property(any, value => isPublicAddress(spell(value), {})),
    { numRuns: 2_000 },
  )
})

test('IPv6 outside of 2000::/3 is not public, whatever is in it', () => {
  const group = fc.integer({ min: 0, max: 0xffff })
  const first = group.filter(value => value >> 13 !== 1)
  fc.assert(
    fc.property(first, fc.array(group, { minLength: 7, maxLength: 7 }), (head, rest) => {
      expect(isPublicAddress([head, ...rest].map(value => value.toString(16)).join(':'), {})).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('the neighbours of forbidden ranges are public, their own addresses are not', () => {
  expect(publicAddresses.filter(address => !isPublicAddress(address))).toEqual([])
  expect(forbidden6.filter(address => isPublicAddress(address))).toEqual([])
})

test('a public address of this machine is its own, in any spelling', () => {
  const found = (address: string, family: 'IPv4' | 'IPv6') => {
    const facts = { address, netmask: '', mac: '', internal: false, cidr: null }
    return family === 'IPv4' ? { ...facts, family } : { ...facts, family, scopeid: 0 }
  }
  const interfaces = { eth0: [found('8.8.8.8', 'IPv4'), found('2a02:6b8::2:242', 'IPv6')], eth1: undefined }

  for (const address of ['8.8.8.8', '2a02:6b8::2:242', '2A02:06b8:0:0:0:0:2:242'])
    expect(isPublicAddress(address, interfaces)).toBe(false)
  expect(isPublicAddress('8.8.4.4', interfaces)).toBe(true)
})

test.each([
  '',
  'localhost',
  '8.8.8',
  '8.8.8.8.8',
  '0x8080808',
  '134744072',
  ' 8.8.8.8',
  '2a02:6b8::1%eth0',
  '[2a02:6b8::1]',
])('what is no plain address is not public: %j', text => expect(isPublicAddress(text)).toBe(false))
