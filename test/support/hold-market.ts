/** A program of its own for tests to kill and to measure: a market on a database and files that outlive it. */
import { makeLog } from '#kit'
import { startTestMarket } from './start-test-market.ts'

const [databaseUrl = '', filesFolder = '', dieAt = ''] = process.argv.slice(2)
const [moment = '', count = 1] = dieAt.split(':')
let left = Number(count)
const onDeliveryMoment = (reached: string) => {
  if (reached === moment && --left === 0) process.kill(process.pid, 'SIGKILL')
}
const { url } = await startTestMarket({ databaseUrl, filesFolder, log: makeLog('error'), onDeliveryMoment })
process.send?.(url)

// Whoever asks is told how many bytes of buffers are in use.
process.on('message', () => {
  globalThis.gc?.()
  process.send?.(process.memoryUsage().arrayBuffers)
})
