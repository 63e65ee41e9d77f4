import { type OperationName, refusals } from '#contract'
import type { Clock } from '#kit'
import { windowEnd } from '../../limits/hourly.ts'
import type { Gate } from '../../published/gate.ts'
import type { Call, Handlers } from '../../published/operation-handler.ts'
import type { Faults } from './faults.ts'

type Needs = { faults: Faults; clock: Clock }

/** The hourly limits, with an hour that is spent when a fault says so: nothing is taken from the real one. */
export function hourlyWithFaults(hourly: Gate['hourly'], { faults, clock }: Needs): Gate['hourly'] {
  return {
    async take(businessId, operation) {
      const struck = faults.strike('api', ['answer-420'], { businessId, operation: operation.name })
      if (struck === undefined) return hourly.take(businessId, operation)
      return { isGranted: false, limit: operation.perHour, remaining: 0, until: windowEnd(clock.now()) }
    },
    giveBack: (businessId, operation, quota) => hourly.giveBack(businessId, operation, quota),
  }
}

/** The handlers, each of which fails, waits, or does its work and hangs up when a fault says so. */
export function handlersWithFaults(handlers: Handlers, needs: Needs): Handlers {
  const each = Object.entries(handlers as unknown as Record<string, Handle>) // what they are given and answer passes through
  return Object.fromEntries(
    each.map(([name, handle]) => [name, withFaults(name, handle, needs)]),
  ) as unknown as Handlers // each under its name
}

type Handle = (call: Pick<Call<OperationName>, 'key' | 'raw'>) => Promise<unknown>

function withFaults(operation: string, handle: Handle, { faults, clock }: Needs): Handle {
  return async call => {
    const about = { businessId: call.key.businessId, operation }
    const struck = faults.strike('api', ['answer-500', 'answer-503', 'delay', 'drop-connection'], about)
    switch (struck?.fault) {
      case 'answer-500':
        throw refusals.internal()
      case 'answer-503':
        throw refusals.unavailable()
      case 'delay':
        await passed(clock, struck.delayMs)
        return handle(call)
      case 'drop-connection': {
        const answer = await handle(call)
        call.raw.socket.destroy()
        return answer
      }
      default:
        return handle(call)
    }
  }
}

/** Resolves when so much of the clock's time has passed. */
export function passed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise(resolve => clock.after(delayMs, resolve))
}
