import { InvalidArgumentError } from 'commander'
import { keysOf, parseJson } from '#contract'
import type { Texts } from '../texts/index.ts'

/** What of a customer, an order and a message is to be otherwise than `trigger` would make it, by the admin API's names. */
export type Overrides = { customer: Part; order: Part; message: Part }
type Part = Record<string, unknown>

/** What can be overridden: the fields of the admin API's requests. */
export const overridable = {
  customer: ['publicId', 'name', 'subscribedTo'],
  order: [
    ...['orderId', 'campaignId', 'customerPublicId', 'status', 'items', 'substatus', 'currency'],
    ...['paymentType', 'paymentMethod', 'notes', 'delivery'],
  ],
  message: ['text', 'sticker', 'reason', 'waitFor'],
} as const

const roots = keysOf(overridable)
/** For people. */
export const overridableFields = roots.map(root => `${root}: ${overridable[root].join(', ')}`).join('; ')

export const noOverrides: Overrides = { customer: {}, order: {}, message: {} }

/** Reads `--override order.items.0.name=Кружка`, which may be given again and again. A value is JSON, else a text. */
export function readOverride({ usage }: Texts) {
  return (text: string, before: Overrides = noOverrides): Overrides => {
    const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    const overrides = override(before, path, value)
    if (overrides === undefined) throw new InvalidArgumentError(usage.override(overridableFields))
    return overrides
  }
}

/** Undefined if the path leads nowhere. */
export function override(before: Overrides, path: string, value: unknown): Overrides | undefined {
  const [first, ...rest] = path.split('.')
  const root = roots.find(known => known === first)
  if (root === undefined || rest.includes('')) return undefined
  if (!overridable[root].some(field => field === rest[0])) return undefined
  const given = typeof value === 'string' ? readValue(value) : value
  return { ...before, [root]: put(before[root], rest, given) }
}

/** Whether the chat must be a new one, as its customer or its order is to be otherwise. */
export function isOfNewChat({ customer, order }: Overrides): boolean {
  return Object.keys(customer).length + Object.keys(order).length > 0
}

/** Ids stay bigints. */
function readValue(text: string): unknown {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : text
}

/** A copy with the value at that place; a number in a path is a place in a list. */
function put(holder: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  const inner = (before: unknown) => (rest.length === 0 ? value : put(before, rest, value))
  if (/^\d+$/.test(name)) {
    const list: unknown[] = Array.isArray(holder) ? [...holder] : []
    list[Number(name)] = inner(list[Number(name)])
    return list
  }
  const before = typeof holder === 'object' && holder !== null && !Array.isArray(holder) ? holder : {}
  return { ...before, [name]: inner(new Map(Object.entries(before)).get(name)) }
}
