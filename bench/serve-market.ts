/** A child process with a market on a database, everything on but the hourly limit. */
import { makeLog, systemClock } from '#kit'
import { startMarket } from '#market'

const [databaseUrl = '', filesFolder = '', secret = ''] = process.argv.slice(2)

const running = await startMarket({
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  filesFolder,
  secret,
  isHourlyLifted: true,
  parallelMost: 4,
  version: 'bench',
  clock: systemClock,
  log: makeLog('warn'),
})
process.on('message', message => {
  if (message === 'memory') process.send?.({ residentBytes: process.memoryUsage.rss() })
  if (message === 'stop') void running.stop().then(() => process.exit(0))
})
process.send?.({ url: running.url })
