import { Refused } from './answers.ts'

/** How far the sender's clock may be from ours; the recommendation of Standard Webhooks. */
const toleranceSeconds = 5 * 60
const secretMinBytes = 16
// Each costs a computation. There are two while a secret is changed.
const signaturesMax = 8

// CryptoKey is not a global type in every runtime's library.
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

export type CheckSignature = (headers: Headers, body: Uint8Array, now: Date) => Promise<void>

/** The key that a secret holds (`whsec_<base64>`), or undefined. */
export function parseSecret(secret: string): Uint8Array<ArrayBuffer> | undefined {
  const key = decodeBase64(secret.trim().replace(/^whsec_/, ''))
  return key !== undefined && key.length >= secretMinBytes ? key : undefined
}

/** Checks signatures of Standard Webhooks (standardwebhooks.com): one of them must be by one of the secrets. Throws Refused. */
export function makeCheckSignature(secrets: readonly Uint8Array<ArrayBuffer>[]): CheckSignature {
  let keys: Promise<Key[]> | undefined
  return async (headers, body, now) => {
    const id = headers.get('webhook-id')
    const timestamp = headers.get('webhook-timestamp')
    const signatures = signaturesIn(headers.get('webhook-signature'))
    if (!id || !timestamp || signatures.length === 0) throw notTrusted('The notification is not signed')
    if (!isNear(timestamp, now)) throw notTrusted("The signature's time is more than five minutes off")
    keys ??= Promise.all(secrets.map(importKey))
    const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), body)
    if (!(await isSignedBy(await keys, signatures, signed))) throw notTrusted('The signature does not fit')
  }
}

/** `subtle.verify` compares in constant time. */
async function isSignedBy(
  keys: readonly Key[],
  signatures: readonly Uint8Array<ArrayBuffer>[],
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const pairs = keys.flatMap(key => signatures.map(signature => ({ key, signature })))
  const fits = await Promise.all(
    pairs.map(({ key, signature }) => crypto.subtle.verify('HMAC', key, signature, signed)),
  )
  return fits.includes(true)
}

function importKey(secret: Uint8Array<ArrayBuffer>): Promise<Key> {
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

function signaturesIn(header: string | null): Uint8Array<ArrayBuffer>[] {
  // Split at blanks, and at the comma and blank that join two headers: base64 itself may begin with v1.
  const listed = (header ?? '').split(/,?\s+/).filter(each => each.startsWith('v1,'))
  const decoded = listed.slice(0, signaturesMax).map(each => decodeBase64(each.slice('v1,'.length).trim()))
  return decoded.filter(each => each !== undefined)
}

function isNear(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
  } catch {
    return undefined // no base64 has this length
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length)
  whole.set(head)
  whole.set(tail, head.length)
  return whole
}

function notTrusted(message: string): Refused {
  return new Refused('notTrusted', message)
}
