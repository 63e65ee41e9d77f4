import { keysOf, type OperationName, operations, refusalRules, refusals } from '#contract'
import type { Clock } from '#kit'
import { windowEnd } from '../../limits/hourly.ts'
import type { Gate } from '../../published/gate.ts'
import type { Handler, Handlers } from '../../published/operation-handler.ts'
import { factsOf } from './facts-of.ts'
import type { Faults } from './faults.ts'

type Needs = { faults: Faults; clock: Clock }

/** The hourly limits. When a fault says so, the hour counts as spent, and nothing is taken from the real one. */
export function hourlyWithFaults(hourly: Gate['hourly'], { faults, clock }: Needs): Gate['hourly'] {
  return {
    async take(businessId, operation) {
      const drawn = faults.draw('api', ['answer-420'], { businessId, operation: operation.name })
      if (drawn === undefined) return hourly.take(businessId, operation)
      return { isGranted: false, limit: operation.perHour, remaining: 0, until: windowEnd(clock.now()) }
    },
    giveBack: (businessId, operation, quota) => hourly.giveBack(businessId, operation, quota),
  }
}

/** The handlers, each of which fails, waits, or does its work and closes the connection when a fault says so. */
export function handlersWithFaults(handlers: Handlers, needs: Needs): Handlers {
  const faulty: Record<OperationName, unknown> = { ...handlers }
  const wrap = <Name extends OperationName>(name: Name) => {
    faulty[name] = withFaults(name, handlers[name], needs)
  }
  for (const name of keysOf(handlers)) wrap(name)
  return faulty as Handlers // each handler was replaced by one of its own type
}

function withFaults<Name extends OperationName>(
  operation: Name,
  handle: Handler<Name>,
  { faults, clock }: Needs,
): Handler<Name> {
  return async call => {
    const occasion = { businessId: call.key.businessId, operation }
    const drawn = faults.draw('api', ['answer-500', 'answer-503', 'refuse', 'delay', 'drop-connection'], occasion)
    if (drawn?.fault === 'answer-500') throw refusals.internal()
    if (drawn?.fault === 'answer-503') throw refusals.unavailable()
    if (drawn?.refusal) throw refusalRules[drawn.refusal].make(operations[operation], factsOf(call))
    if (drawn?.fault === 'delay') await passed(clock, drawn.delayMs)
    const answer = handle(call)
    if (drawn?.fault === 'drop-connection') await answer.then(() => call.raw.socket.destroy())
    return answer
  }
}

/** Resolves when so much time has passed by the clock. */
export function passed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise(resolve => clock.after(delayMs, resolve))
}
