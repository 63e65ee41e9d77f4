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
