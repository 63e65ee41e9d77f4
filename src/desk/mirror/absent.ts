/** A page of a history: ids ascend. */
type Page = { ids: readonly bigint[]; isLast: boolean }

/** Which of these messages the market does not have, as far as a page tells that begins at the least of them. */
export function absentIn(told: readonly bigint[], { ids, isLast }: Page): bigint[] {
  const there = new Set(ids)
  return told.filter(id => !there.has(id) && (isLast || ids.some(seen => seen > id)))
}
