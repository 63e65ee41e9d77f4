declare const kind: unique symbol

/** An int64 that cannot be mistaken for another kind of id. bigint, because order and return ids may use all 63 bits. */
export type Id<Kind extends string> = bigint & { readonly [kind]: Kind }

export type BusinessId = Id<'business'>
export type CampaignId = Id<'campaign'>
export type ChatId = Id<'chat'>
export type MessageId = Id<'message'>
export type OrderId = Id<'order'>
export type ReturnId = Id<'return'>

/** An id from its decimal text, where our own code has written the text. Throws a SyntaxError if it is not one. */
export function idFrom<Known extends Id<string>>(text: string): Known {
  return BigInt(text) as Known // the caller says which
}

export const maxInt64 = 2n ** 63n - 1n

/** The int64 of a decimal text, or undefined. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,19}$/.test(text)) return undefined
  const value = BigInt(text)
  return value <= maxInt64 && value >= -maxInt64 - 1n ? value : undefined
}
