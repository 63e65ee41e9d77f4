import { expect, test } from 'vitest'
import { connectionErrorOf } from './lost.ts'

type Facts = { code?: string; syscall?: string }

const wasSent = (facts: Facts, wasAnswered = false) => {
  const thrown = new TypeError('fetch failed', { cause: Object.assign(new Error('why'), facts) })
  return connectionErrorOf(thrown, { operation: 'send', wasAnswered, apiKey: 'a-key-of-a-business' }).wasSent
}

const neverLeft: Facts[] = [
  { code: 'ECONNREFUSED', syscall: 'connect' },
  { code: 'ETIMEDOUT', syscall: 'connect' },
  { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
  { code: 'UND_ERR_CONNECT_TIMEOUT' },
  { code: 'ECONNREFUSED' },
  { code: 'ConnectionRefused' },
  { code: 'FailedToOpenSocket' },
  { code: 'CERT_HAS_EXPIRED' },
  { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  { code: 'SELF_SIGNED_CERT_IN_CHAIN' },
  { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
]

test.each(neverLeft)('%o is certain: no request went out', facts => {
  expect(wasSent(facts)).toBe(false)
})

// A line that is spoiled later has the same codes as a handshake that failed.
const nobodyKnows: Facts[] = [
  {},
  { code: 'ECONNRESET' },
  { code: 'ETIMEDOUT', syscall: 'read' },
  { code: 'UND_ERR_SOCKET' },
  { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' },
  { code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
  { code: 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR' },
]

test.each(nobodyKnows)('%o is not: the request may have been read', facts => {
  expect(wasSent(facts)).toBeUndefined()
})

test('a line that breaks within the answer had sent the request', () => {
  expect(wasSent({ code: 'ECONNRESET' }, true)).toBe(true)
})

test('of several addresses that were tried, the first speaks', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1'), { syscall: 'connect' })
  const thrown = new TypeError('fetch failed', { cause: new AggregateError([refused, new Error('other')]) })

  const error = connectionErrorOf(thrown, { operation: 'send', wasAnswered: false, apiKey: 'a-key-of-a-business' })

  expect(error.wasSent).toBe(false)
  expect(error.message).toContain('ECONNREFUSED ::1')
})

test('what was thrown is told without the place where we copied it', () => {
  const error = connectionErrorOf(new TypeError('fetch failed'), {
    operation: 'send',
    wasAnswered: false,
    apiKey: 'a-key',
  })
  const { name, message, stack } = error.cause as Error // it is always one
  expect({ name, message, stack }).toEqual({ name: 'TypeError', message: 'fetch failed', stack: undefined })
})

test('causes that go round in a circle come to an end', () => {
  const thrown = new Error('round')
  thrown.cause = thrown
  expect(connectionErrorOf(thrown, { operation: 'send', wasAnswered: false, apiKey: 'a-key' }).wasSent).toBeUndefined()
})
