import { type ClientClock, MarketClient, type MarketClientOptions } from '#client'
import { type Clock, makeManualClock } from '#kit'

/** A client's clock that stands still until told to move. */
export function makeHeldClock(start = new Date('2026-01-16T10:00:00Z')): ClientClock & { advance(ms: number): void } {
  const clock = makeManualClock(start)
  return { ...clientClockOf(clock), advance: clock.advance }
}

/** A clock of ours as clients take it. */
export function clientClockOf(clock: Clock): ClientClock {
  return {
    now: clock.now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const cancel = clock.after(ms, resolve)
        signal?.addEventListener('abort', () => {
          cancel()
          reject(signal.reason)
        })
      }),
  }
}

/** The patience of clients on a leaping clock: the one wait that is not leapt over. */
export const patienceMs = 77_777

/** A clock that leaps over every wait but the patience with an answer, and keeps account of them. */
export function makeLeapingClock(start = new Date('2026-01-16T10:00:00Z')): ClientClock & { waits: number[] } {
  let now = start.getTime()
  const waits: number[] = []
  return {
    waits,
    now: () => new Date(now),
    wait(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (ms === patienceMs) {
        return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      }
      waits.push(ms)
      now += ms
      return Promise.resolve()
    },
  }
}

export const secret = 'ACMA:Zz0Zz1Zz2Zz3Zz4Zz5Zz6Zz7Zz8Zz9Zz0Zz1Zz2Z:0123abcd'

type Answer = Response | Error
/** A client whose market answers what the test says, one after the other, the last again and again. */
export function makeFakedClient(answers: (() => Answer)[], options: Partial<MarketClientOptions> = {}) {
  const clock = makeLeapingClock()
  const requests: Request[] = []
  const client = new MarketClient({
    apiKey: secret,
    businessId: 7,
    clock,
    timeoutMs: patienceMs,
    random: () => 0.5,
    fetch: async (input, init) => {
      requests.push(new Request(input, { ...init, signal: null }))
      const answer = answers[Math.min(requests.length, answers.length) - 1]?.()
      if (answer instanceof Response) return answer
      throw answer ?? new Error('no answer was told')
    },
    ...options,
  })
  return { client, clock, requests }
}
