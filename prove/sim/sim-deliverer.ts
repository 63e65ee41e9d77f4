import type { LiveEvent } from '../../src/market/live/bus.ts'
import { Deliverer } from '../../src/market/notify/deliverer.ts'
import type { Notice, Send, Sent, Target } from '../../src/market/notify/sender.ts'
import { signNotification } from '../../src/market/notify/sign.ts'
import { plain } from '../../src/market/store/layout.ts'
import type { Network, Serve } from './network.ts'
import type { SimMarket } from './sim-market.ts'
import type { SimProcess } from './sim-process.ts'

type Parts = { market: SimMarket; network: Network; serve: Serve; around: (send: Send) => Send }

/** A market process that only notifies. It holds lanes by leases, like every other. */
export class SimDeliverer {
  readonly process: SimProcess
  readonly #bus

  constructor(process: SimProcess, owner: string, { market, network, serve, around }: Parts) {
    this.process = process
    this.#bus = market.makeBus()
    const { latency, onStatement } = market.playing
    const sql = market.database.sqlFor(
      () => process,
      () => latency,
      onStatement,
    )
    const deliverer = new Deliverer({
      ...{ sql, layout: plain, leaseSql: sql, bus: this.#bus, log: market.log, owner },
      ...{ clock: process.clock(), monotonic: process.monotonic(), secret: market.secrets.webhooks },
      metrics: { attempting: attempt => attempt, attempted: () => {} },
      send: around((target, notice) => sendOver({ network, process, serve }, target, notice)),
    })
    void deliverer.start()
  }

  hear(event: LiveEvent): void {
    this.#bus.publish(event)
  }
}

type Wires = { network: Network; process: SimProcess; serve: Serve }

/** One attempt, as the market's own sender makes it over sockets. */
async function sendOver({ network, process, serve }: Wires, target: Target, notice: Notice): Promise<Sent> {
  const { time } = process
  const beganMs = time.nowMs
  const at = process.clock().now()
  const headers = { 'content-type': 'application/json', ...signNotification({ ...notice, at }, target.secrets) }
  const over = new AbortController()
  const answered = network.exchange(
    'notification',
    { method: 'POST', url: target.url, headers, body: notice.body },
    serve,
  )
  const timedOut = process.wait(notice.timeoutMs, { signal: over.signal }).then(
    () => 'timed out' as const,
    () => new Promise<never>(() => {}), // the answer came first
  )
  const ending = await Promise.race([answered.then(ended => ended ?? new Promise<never>(() => {})), timedOut])
  over.abort()
  await process.wait(0)
  const durationMs = time.nowMs - beganMs
  if (ending === 'timed out') return { durationMs, outcome: 'failed', failure: 'READ_TIMED_OUT' }
  if (ending.kind === 'broken') return { durationMs, outcome: 'failed', failure: 'CONNECTION_REFUSED' }
  const { status } = ending.answer
  if (ending.isCut) return { durationMs, outcome: 'failed', failure: 'CANT_PARSE_RESPONSE', status }
  if (status === 200 || status === 400) return { durationMs, outcome: status === 200 ? 'delivered' : 'refused', status }
  return { durationMs, outcome: 'failed', failure: 'HTTP', status }
}
