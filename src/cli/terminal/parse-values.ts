import { isIP } from 'node:net'
import { InvalidArgumentError } from 'commander'
import { maxInt64 } from '#contract'

/** Reads the value of a flag. A text that `parse` does not know is wrong usage, told by `why`. */
export function readBy<Value>(parse: (text: string) => Value | undefined, why: string): (text: string) => Value {
  return text => {
    const value = parse(text)
    if (value === undefined) throw new InvalidArgumentError(why)
    return value
  }
}

export function parseId(text: string): bigint | undefined {
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= maxInt64 ? BigInt(text) : undefined
}

export function parseWholeNumber(max: number): (text: string) => number | undefined {
  return text => (/^\d+$/.test(text) && Number(text) <= max ? Number(text) : undefined)
}

export function parseUrl(text: string): URL | undefined {
  return /^https?:/.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

/** An address to which paths are added: as it was given, without a slash at its end. */
export function parseBaseUrl(text: string): string | undefined {
  return parseUrl(text) && text.replace(/\/+$/, '')
}

const namedNetworks = ['loopback', 'linklocal', 'uniquelocal']

/** Addresses, networks (10.0.0.0/8) and their usual names, with commas between. */
export function parseNetworks(text: string): string[] | undefined {
  const words = text.split(',').map(word => word.trim())
  return words.every(word => namedNetworks.includes(word) || isNetwork(word)) ? words : undefined
}

function isNetwork(word: string): boolean {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(word) ?? []
  return Number(bits) <= ({ 4: 32, 6: 128 }[isIP(address)] ?? -1)
}
