/** A program of its own for tests to kill and to measure: a market on a database and files that outlive it. */
import { makeLog } from '#kit'
import { type MarketStart, startTestMarket } from './start-test-market.ts'

const [place = '{}', dieAt = ''] = process.argv.slice(2)
const start: MarketStart = JSON.parse(place)
const [moment = '', count = 1] = dieAt.split(':')
let left = Number(count)
let isArmed = false
const onDeliveryMoment = (reached: string) => {
  if (isArmed && reached === moment && --left === 0) process.kill(process.pid, 'SIGKILL')
}
const log = await makeLog('error')
const { url } = await startTestMarket({ ...start, log, onDeliveryMoment })
process.send?.(url)

// `arm`: from now on it may die. Whoever asks otherwise is told how many bytes of buffers are in use.
process.on('message', message => {
  if (message === 'arm') {
    isArmed = true
    process.send?.('armed')
    return
  }
  globalThis.gc?.()
  process.send?.(process.memoryUsage().arrayBuffers)
})
