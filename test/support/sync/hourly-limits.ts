import { operations } from '#contract'
import { QuotaWait, RateLimited } from '../../../src/client/errors.ts'
import { Budget } from '../../../src/client/http/budget.ts'
import { type ModelCall, refusal } from './model-market.ts'
import type { VirtualClock } from './virtual-clock.ts'

type Operation = ModelCall['operation']
type Limits = Record<'getChats' | 'getChat' | 'getChatHistory' | 'getChatMessage', number>

const names = {
  list: 'getChats',
  find: 'getChats',
  get: 'getChat',
  history: 'getChatHistory',
  look: 'getChatMessage',
} as const satisfies Record<Operation, keyof Limits>

const hourMs = 3_600_000

/** The hourly limits of a market, by default the published ones, and the budget of the client before them. */
export function makeHourlyLimits(clock: VirtualClock, perHour: Partial<Limits> = {}) {
  const budget = new Budget({ parallel: 4, clock })
  const used = new Map<string, number>()

  function count(name: keyof Limits): void {
    const hour = Math.floor(clock.now().getTime() / hourMs)
    const until = new Date((hour + 1) * hourMs)
    const limit = perHour[name] ?? operations[name].perHour
    const calls = (used.get(`${name} ${hour}`) ?? 0) + 1
    budget.tell(name, { limit, remaining: Math.max(limit - calls, 0), until })
    if (calls > limit) throw new RateLimited(refusal(name, 420), until)
    used.set(`${name} ${hour}`, calls)
  }

  return async <Answer>({ operation, options }: ModelCall, serve: () => Promise<Answer>): Promise<Answer> => {
    const { urgency = 'news', signal, onWait } = options ?? {}
    const key = names[operation]
    return budget.run({ key, urgency, signal, onWait: until => onWait?.(new QuotaWait(key, until)) }, () => {
      count(key)
      return serve()
    })
  }
}
