const maxWords = 8
const maxLength = 50

/** The words of a search: letters and digits alone, so that nothing in them is an operator of PostgreSQL. */
export function wordsOf(query: string): string[] {
  return (query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, maxWords).map(word => word.slice(0, maxLength))
}

/** The number that a query is: of a chat, an order or a return. */
export function numberOf(query: string): bigint | undefined {
  const digits = /^\s*[#№]?\s*(\d{1,18})\s*$/u.exec(query)?.[1]
  return digits === undefined ? undefined : BigInt(digits)
}
