/** A child process with a market on a database, everything on but the hourly limit; without the query log if told so. */
import { makeLog, systemClock } from '#kit'
import { startMarket } from '#market'
import { tuneEngine } from '../src/cli/engine.ts'

tuneEngine()

const [databaseUrl = '', filesFolder = '', secret = '', log = ''] = process.argv.slice(2)

const running = await startMarket({
  arePrivateWebhooksAllowed: true,
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  filesFolder,
  secret,
  isHourlyLifted: true,
  ...(log === 'without log' && { isQueryLogOff: true }),
  maxParallel: 4,
  version: 'bench',
  clock: systemClock,
  log: await makeLog('warn'),
})
process.on('message', message => {
  if (message === 'memory') process.send?.({ residentBytes: process.memoryUsage.rss() })
  if (message === 'stop') void running.stop().then(() => process.exit(0))
})
process.send?.({ url: running.url })
