/** A program of its own for tests to kill and to freeze: a desk on a database and files that outlive it. */

import { startDesk } from '#desk'
import { makeLog, systemClock } from '#kit'

const [databaseUrl = '', filesFolder = '', endAt = '', how = 'SIGKILL', leaseTtlMs = '900'] = process.argv.slice(2)
const running = await startDesk({
  ...{ databaseUrl, filesFolder, host: '127.0.0.1', port: 0, secret: 'a secret of the tests', version: '0.0.0-test' },
  ...{ clock: systemClock, log: await makeLog('error'), sweepEveryMs: 300, leaseTtlMs: Number(leaseTtlMs) },
  onOutboxMoment: moment => {
    if (moment === endAt) process.kill(process.pid, how)
  },
})
process.send?.(running.url)
