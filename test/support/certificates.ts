/** X.509 certificates for receivers on loopback, made by hand: no program of the machine is needed. */
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { systemClock } from '#kit'

export type Certificate = { key: string; cert: string }
export type Authority = { name: string; key: KeyObject; cert: string }

type Wish = { names: readonly string[]; validFrom?: Date; validUntil?: Date }

const yearMs = 365 * 24 * 60 * 60 * 1000
const tags = { boolean: 1, integer: 2, bits: 3, octets: 4, oid: 6, text: 12, time: 24, sequence: 48, set: 49 } as const

function der(tag: keyof typeof tags | number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([typeof tag === 'number' ? tag : tags[tag], ...size]), content])
}

const hex = (text: string) => Buffer.from(text, 'hex')
const oid = (text: string) => der('oid', hex(text))
const ecdsaWithSha256 = der('sequence', oid('2a8648ce3d040302'))
const nameOf = (text: string) =>
  der('sequence', der('set', der('sequence', oid('550403'), der('text', Buffer.from(text)))))
const timeOf = (date: Date) => der('time', Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`))
const extension = (id: string, value: Buffer) => der('sequence', oid(id), der('octets', value))

const isAuthority = extension('551d13', der('sequence', der('boolean', hex('ff'))))
const alternatives = (names: readonly string[]) => extension('551d11', der('sequence', ...names.map(alternative)))

function alternative(name: string): Buffer {
  if (isIPv4(name)) return der(0x87, Uint8Array.from(name.split('.'), Number))
  if (name.includes(':')) return der(0x87, bytesOfIPv6(name))
  return der(0x82, Buffer.from(name))
}

function bytesOfIPv6(address: string): Buffer {
  const [head = [], tail = []] = address.split('::').map(half => half.split(':').filter(Boolean))
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  return hex(groups.map(group => group.padStart(4, '0')).join(''))
}

type Facts = {
  issuer: string
  subject: string
  key: KeyObject
  signer: KeyObject
  from: Date
  until: Date
  extra: Buffer
}

function makePem({ issuer, subject, key, signer, from, until, extra }: Facts): string {
  const body = der(
    'sequence',
    der(0xa0, der('integer', hex('02'))),
    der('integer', Buffer.concat([hex('01'), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(issuer),
    der('sequence', timeOf(from), timeOf(until)),
    nameOf(subject),
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    der(0xa3, der('sequence', extra)),
  )
  const whole = der('sequence', body, ecdsaWithSha256, der('bits', hex('00'), sign('sha256', body, signer)))
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}

const makeKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const inYears = (years: number) => new Date(systemClock.now().getTime() + years * yearMs)

export function makeAuthority(name: string): Authority {
  const key = makeKey()
  const facts = { issuer: name, subject: name, key, signer: key, from: inYears(-1), until: inYears(1) }
  return { name, key, cert: makePem({ ...facts, extra: isAuthority }) }
}

/** A server's certificate, of an authority or, without one, signed by itself. */
export function makeCertificate(wish: Wish, authority?: Authority): Certificate {
  const { names, validFrom: from = inYears(-1), validUntil: until = inYears(1) } = wish
  const key = makeKey()
  const subject = 'a receiver of the tests'
  const signed = authority ? { issuer: authority.name, signer: authority.key } : { issuer: subject, signer: key }
  const cert = makePem({ ...signed, subject, key, from, until, extra: alternatives(names) })
  return { key: String(key.export({ type: 'pkcs8', format: 'pem' })), cert }
}
