/** A program of its own for tests to kill and to measure: a market on a database and files that outlive it. */
import { makeLog } from '#kit'
import { startTestMarket } from './start-test-market.ts'

const [databaseUrl = '', filesFolder = ''] = process.argv.slice(2)
const { url } = await startTestMarket({ databaseUrl, filesFolder, log: makeLog('error') })
process.send?.(url)

// Whoever asks is told how many bytes of buffers are in use.
process.on('message', () => {
  globalThis.gc?.()
  process.send?.(process.memoryUsage().arrayBuffers)
})
