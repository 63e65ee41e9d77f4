/** A program of its own: a market on a database and files that outlive it, for proofs to kill, freeze, measure and replace. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Clock, systemClock } from '#kit'
import { collectingLog, type MarketStart, startTestMarket } from '../../test/support/start-test-market.ts'

const options: MarketStart = JSON.parse(process.argv[2] ?? '{}')
let aheadMs = 0
// As when somebody sets the machine's clock: waits go on as they were.
const clock: Clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + aheadMs) }
const errors: string[] = []
const running = await startTestMarket({ ...options, clock, log: collectingLog(errors) })
const stop = (how?: Stopping) => void running.stop(how).then(() => process.exit(0))
process.once('SIGTERM', () => stop())
// A proof that was killed could not end it.
process.once('disconnect', () => process.exit(1))
process.send?.({ url: running.url, adminToken: running.adminToken })

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

type Stopping = NonNullable<Parameters<typeof running.stop>[0]>

// A number moves the clock by so many milliseconds, an object says how to stop. Whoever asks otherwise is told how much memory is in use when all that
// nobody needs is gone, and which errors were logged since.
process.on('message', (message: number | 'measure' | Stopping) => {
  if (typeof message === 'object') return stop(message)
  if (typeof message === 'number') {
    aheadMs += message
    process.send?.('moved')
    return
  }
  collectGarbage()
  collectGarbage()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ heapBytes: heapUsed + external, rssBytes: rss, errors: errors.splice(0) })
})
