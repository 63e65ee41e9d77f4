/** A program of its own: a market on a database and files that outlive it, for proofs to kill, freeze and replace. */
import { type Clock, makeLog, systemClock } from '#kit'
import { type MarketStart, startTestMarket } from '../../test/support/start-test-market.ts'

const options: MarketStart = JSON.parse(process.argv[2] ?? '{}')
let aheadMs = 0
// As when somebody sets the machine's clock: waits go on as they were.
const clock: Clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + aheadMs) }
const running = await startTestMarket({ ...options, clock, log: makeLog('silent') })
process.on('message', (moveMs: number) => {
  aheadMs += moveMs
  process.send?.('moved')
})
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)))
process.send?.({ url: running.url, adminToken: running.adminToken })
