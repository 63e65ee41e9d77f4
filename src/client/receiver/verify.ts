import { notificationSources } from '#contract'
import { InvalidInput } from '../errors.ts'
import { type IsWithin, makeIsWithin } from './addresses.ts'
import { Refused } from './answers.ts'
import { Misconfigured } from './misconfigured.ts'
import { type CheckSignature, makeCheckSignature, parseSecret } from './signature.ts'

/** Whose notifications are accepted. If both secrets and addresses are given, both are checked. */
export type Verification = {
  /**
   * The secret of the subscription, `whsec_…`; give both while it is changed. Prilavok's market signs, Yandex.Market does not.
   * A PING without a signature is answered too: the first one comes before anybody has been told the secret, and starts nothing.
   */
  secrets?: string | readonly string[]
  /** `yandex` for the published ranges, or your own: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`. */
  addresses?: 'yandex' | readonly string[]
  /**
   * The header in which your own proxy names the sender (`x-real-ip`, `cf-connecting-ip`, `x-forwarded-for`): its last address
   * counts, since the sender can invent those before it. Use it only if every request comes through that proxy.
   */
  proxyHeader?: string
}

export type Checks = { address?: (headers: Headers, address: string | undefined) => void; signature?: CheckSignature }

/** The checks that are asked for. Throws InvalidInput for options that would check nothing. */
export function makeChecks(wanted: Verification | undefined): Checks {
  if (wanted === undefined) return {}
  const { secrets, addresses, proxyHeader } = wanted
  if (secrets === undefined && addresses === undefined) throw new InvalidInput('verify needs secrets or addresses')
  if (proxyHeader !== undefined && addresses === undefined) throw new InvalidInput('proxyHeader needs addresses')
  return {
    ...(addresses !== undefined && { address: makeCheckAddress(rangesOf(addresses), proxyHeader) }),
    ...(secrets !== undefined && { signature: makeCheckSignature(keysOf(secrets)) }),
  }
}

function keysOf(secrets: string | readonly string[]): Uint8Array<ArrayBuffer>[] {
  const listed = typeof secrets === 'string' ? [secrets] : secrets
  const keys = listed.map(parseSecret).filter(key => key !== undefined)
  if (keys.length === 0 || keys.length < listed.length)
    throw new InvalidInput('verify.secrets must be texts such as whsec_<base64> of 16 bytes or more')
  return keys
}

function rangesOf(addresses: 'yandex' | readonly string[]): IsWithin {
  const ranges = addresses === 'yandex' ? notificationSources : addresses
  const isWithin = Array.isArray(ranges) && ranges.length > 0 ? makeIsWithin(ranges) : undefined
  if (isWithin === undefined)
    throw new InvalidInput("verify.addresses must be 'yandex' or ranges such as 192.0.2.0/24 and 2001:db8::/32")
  return isWithin
}

function makeCheckAddress(isWithin: IsWithin, proxyHeader: string | undefined): NonNullable<Checks['address']> {
  checkHeaderName(proxyHeader)
  return (headers, address: unknown) => {
    const from = proxyHeader === undefined ? textOf(address) : lastOf(headers.get(proxyHeader))
    if (from === undefined && proxyHeader === undefined)
      throw new Misconfigured(
        'verify.addresses needs the address of the sender: give receive(request, { address }), or verify.proxyHeader',
      )
    if (from === undefined || !isWithin(from))
      throw new Refused('notTrusted', 'Notifications are not taken from this address')
  }
}

/** Some servers pass a second argument of their own, whose `address` is not a text. */
function textOf(address: unknown): string | undefined {
  return typeof address === 'string' ? address : undefined
}

function checkHeaderName(name: string | undefined): void {
  if (name !== undefined && !/^[\w-]+$/.test(name))
    throw new InvalidInput('verify.proxyHeader must be the name of a header')
}

function lastOf(list: string | null): string | undefined {
  return list?.split(',').at(-1)?.trim()
}
