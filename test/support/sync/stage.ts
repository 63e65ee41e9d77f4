import { type ChatStore, makeMemoryStore, type SyncOptions, syncChats } from '../../../src/client/sync/index.ts'
import { makeHourlyLimits } from './hourly-limits.ts'
import { type ModelCall, type ModelWays, makeModelMarket } from './model-market.ts'
import { makeVirtualClock } from './virtual-clock.ts'

type Plan = {
  ways?: Partial<ModelWays>
  /** How long a call takes. */
  latencyMs?: number
  /** Throws what the market is to answer instead. */
  refuse?: (call: ModelCall) => void
  /** Of an hour; where none is given, the published ones. Without this there is no limit. */
  limits?: Parameters<typeof makeHourlyLimits>[1]
}

/** A model market, virtual time, a store, and every call that was made. */
export function makeStage({ ways, latencyMs = 20, refuse = () => {}, limits }: Plan = {}) {
  const clock = makeVirtualClock(new Date('2026-03-01T09:00:00.200Z'))
  const calls: ModelCall[] = []
  const stage = {
    refuse,
    maxAtOnce: 0,
    /** How long a call is under way before it is served, and its answer after. */
    delays: (_call: ModelCall): [number, number] => [latencyMs / 2, latencyMs / 2],
  }
  let atOnce = 0
  const limited = limits && makeHourlyLimits(clock, limits)
  async function answer<Answer>(call: ModelCall, serve: () => Answer): Promise<Answer> {
    calls.push(call)
    stage.maxAtOnce = Math.max(stage.maxAtOnce, ++atOnce)
    try {
      const [thereMs, backMs] = stage.delays(call)
      await clock.wait(thereMs)
      stage.refuse(call)
      const answer = serve()
      await clock.wait(backMs)
      return answer
    } finally {
      atOnce--
    }
  }
  const market = makeModelMarket(clock, ways, async (call, serve) =>
    limited ? limited(call, () => answer(call, serve)) : answer(call, serve),
  )
  const store = makeMemoryStore()

  const sync = (options: SyncOptions = {}, into: ChatStore = store) =>
    syncChats(market.source, into, { clock, ...options })

  return Object.assign(stage, {
    ...{ clock, market, store, calls, sync },
    /** A chat opened so long ago, with so many messages since. */
    addChat(messages: number, agoMs = 1_000_000) {
      const now = market.stamp().getTime()
      const { chatId } = market.open(new Date(now - agoMs))
      const chat = market.chats.get(chatId)
      if (!chat) throw new Error('it was just opened')
      const at = (n: number) => new Date(now - agoMs + n * 1000)
      for (let n = 0; n < messages; n++) market.write(chat, { createdAt: at(n), updatedAt: at(n) })
      return chat
    },
    countOf: (operation: ModelCall['operation']) => calls.filter(call => call.operation === operation).length,
    /** Mirrors everything that stands. */
    mirror: (options: SyncOptions = {}) => clock.run(sync({ once: true, ...options })),
    /** Follows what comes while the work is under way; what ends it otherwise is thrown. */
    async follow(options: SyncOptions, work: () => Promise<void>): Promise<void> {
      const ending = new AbortController()
      const following = sync({ ...options, signal: ending.signal }).catch(error => {
        if (!ending.signal.aborted) throw error
      })
      const working = work().finally(() => ending.abort(new Error('the work is done')))
      await clock.run(Promise.all([following, working]))
    },
  })
}
