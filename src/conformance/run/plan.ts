import type { Check } from '../check/check.ts'
import { operationOf } from '../check/subjects.ts'
import type { Subject } from '../findings/finding.ts'

export type Cost = { calls: number; perHour: number | undefined }

/** What finding out what is there costs, at the most, besides one call for each extra key. */
const found: Partial<Record<Subject, number>> = {
  getAuthTokenInfo: 1,
  getCampaigns: 1,
  getChats: 1,
  getChatHistory: 13,
  getBusinessOrders: 1,
}

/** How many requests the checks cost at the most, by the hour they count against. A check counts for its own operation. */
export function costOf(checks: readonly Check[], { extraKeys }: { extraKeys: number }): Map<Subject, Cost> {
  const costs = new Map<Subject, Cost>()
  const add = (subject: Subject, calls: number) => {
    const before = costs.get(subject)?.calls ?? 0
    const perHour = subject === 'transport' ? undefined : operationOf(subject).perHour
    costs.set(subject, { calls: before + calls, perHour })
  }
  for (const [subject, calls] of foundBefore(extraKeys)) add(subject, calls)
  for (const { subject, calls } of checks) add(subject, calls)
  return costs
}

function foundBefore(extraKeys: number): [Subject, number][] {
  return (['getAuthTokenInfo', 'getCampaigns', 'getChats', 'getChatHistory'] as const).map(name => [
    name,
    (found[name] ?? 0) + (name === 'getChatHistory' ? 0 : extraKeys),
  ])
}
