import type { SentOnce } from '#client'

export type Said = { chatId: bigint; text: string; outcome: SentOnce['state']; messageId?: bigint }
export type Sent = { chatId: bigint; messageId: bigint; text: string }

const keyOf = ({ chatId, text }: { chatId: bigint; text: string }) => `${chatId} ${text}`

/**
 * Where what was said is not what is there. Of each text in each chat at least what was confirmed is there, at most that and
 * what nobody could tell; and a message that was confirmed has that text, and was confirmed once.
 */
export function findLies(said: readonly Said[], sent: readonly Sent[]): string[] {
  const saidOf = Map.groupBy(said, keyOf)
  const sentOf = Map.groupBy(sent, keyOf)
  const wrongCounts = [...new Set([...saidOf.keys(), ...sentOf.keys()])].flatMap(key => {
    const { confirmed, unknown } = countOutcomes(saidOf.get(key) ?? [])
    const there = sentOf.get(key)?.length ?? 0
    if (there >= confirmed && there <= confirmed + unknown) return []
    return [`chat ${key} is there ${there} times, not ${confirmed} to ${confirmed + unknown}`]
  })
  const textOf = new Map(sent.map(each => [each.messageId, keyOf(each)]))
  const claimed = new Set<bigint>()
  const wrongIds = said.filter(each => {
    if (each.messageId === undefined) return false
    const isWrong = textOf.get(each.messageId) !== keyOf(each) || claimed.has(each.messageId)
    claimed.add(each.messageId)
    return isWrong
  })
  return [...wrongCounts, ...wrongIds.map(each => `chat ${keyOf(each)} was confirmed as message ${each.messageId}`)]
}

export function countOutcomes(said: readonly Said[]): { confirmed: number; unknown: number } {
  const count = (outcome: SentOnce['state']) => said.filter(each => each.outcome === outcome).length
  return { confirmed: count('confirmed'), unknown: count('unknown') }
}

/** By what was said of it: how often a file may be there. */
const allowedTimes: Record<string, number[]> = {
  sent: [1],
  SendUnknown: [0, 1],
  RateLimited: [0],
  ConnectionError: [0],
}

export function findWrongFiles(said: ReadonlyMap<string, string>, times: ReadonlyMap<string, number>): string[] {
  return [...said]
    .map(([name, outcome]) => ({ name, outcome, there: times.get(name) ?? 0 }))
    .filter(({ outcome, there }) => !allowedTimes[outcome]?.includes(there))
    .map(({ name, outcome, there }) => `file ${name} is said to be ${outcome}, and is there ${there} times`)
}
