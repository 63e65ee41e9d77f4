/** A program of its own: a market on a database and files that outlive it, for proofs to kill, freeze and replace. */
import { makeLog } from '#kit'
import { type MarketStart, startTestMarket } from '../../test/support/start-test-market.ts'

const options: MarketStart = JSON.parse(process.argv[2] ?? '{}')
const running = await startTestMarket({ ...options, log: makeLog('silent') })
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)))
process.send?.({ url: running.url, adminToken: running.adminToken })
