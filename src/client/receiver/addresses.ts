/** An address as a number, and how many bits its family has. */
type Address = { value: bigint; width: 32 | 128 }

/** Whether an address, as a socket or a proxy's header gives it, is in one of the ranges. */
export type IsWithin = (address: string) => boolean

const mapped4 = 0xffffn

/**
 * Tests for ranges such as `5.45.207.0/25`, `2001:db8::/32`, or single addresses. IPv4 inside IPv6 (`::ffff:5.45.207.1`) is
 * IPv4; brackets, ports and zones are ignored. Undefined if one of the ranges is not valid.
 */
export function makeIsWithin(ranges: readonly string[]): IsWithin | undefined {
  const parsed = ranges.map(parseRange)
  const known = parsed.filter(range => range !== undefined)
  if (known.length < parsed.length) return undefined
  return text => {
    const address = parseAddress(bare(text))
    return address !== undefined && known.some(isWithin => isWithin(address))
  }
}

function parseRange(text: string): ((address: Address) => boolean) | undefined {
  const [network = '', length, ...rest] = text.trim().split('/')
  const first = parseAddress(network)
  if (first === undefined || rest.length > 0) return undefined
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined
  const bits = length === undefined ? first.width : Number(length)
  if (bits > first.width) return undefined
  const shift = BigInt(first.width - bits)
  return ({ value, width }) => width === first.width && value >> shift === first.value >> shift
}

/** Without the brackets, the port and the zone that proxies and sockets put around it. */
function bare(text: string): string {
  const trimmed = text.trim()
  const inside = /^\[(.*)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed
  return inside.replace(/%.*$/, '')
}

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parse6(text) : parse4(text)
  if (value === undefined) return undefined
  if (!text.includes(':')) return { value, width: 32 }
  return value >> 32n === mapped4 ? { value: value & 0xffff_ffffn, width: 32 } : { value, width: 128 }
}

function parse4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return joined(parts.map(BigInt), 8n)
}

function parse6(text: string): bigint | undefined {
  const [head = '', tail, ...rest] = withoutDots(text).split('::')
  if (rest.length > 0) return undefined
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')]
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after]
  if (!groups.every(group => /^[\da-f]{1,4}$/i.test(group))) return undefined
  return joined(
    groups.map(group => BigInt(`0x${group}`)),
    16n,
  )
}

function groupsOf(half: string): string[] {
  return half === '' ? [] : half.split(':')
}

/** Writes an IPv4 at the end of an IPv6 as two groups. One that is not valid stays, and is refused later. */
function withoutDots(text: string): string {
  const [, head, last] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? []
  const value = last === undefined ? undefined : parse4(last)
  return value === undefined ? text : `${head}${(value >> 16n).toString(16)}:${(value & mapped4).toString(16)}`
}

function joined(parts: readonly bigint[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | part, 0n)
}
