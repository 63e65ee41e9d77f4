/** A program of its own for tests to kill and to freeze: a desk on a database and files that outlive it. */

import { startDesk } from '#desk'
import { makeLog, systemClock } from '#kit'
import type { DeskEnd, DeskStart } from './forked-desk.ts'

const start: DeskStart = JSON.parse(process.argv[2] ?? '{}') // as forkDesk writes it
const { databaseUrl, filesFolder, end, signal, leaseTtlMs, settleWaitsMs } = start
const over = () => process.kill(process.pid, signal)

/** Ends around the n-th call of a path: before the market hears of it, or when it is done and nobody here has read the answer. */
function endingFetch({ path, number, when }: Extract<DeskEnd, { path: string }>): typeof fetch {
  let calls = 0
  return async (input, init) => {
    const isIt = `${input}`.includes(path) && ++calls === number
    if (isIt && when === 'before') over()
    const answer = await fetch(input, init)
    if (isIt && when === 'after') over()
    return answer
  }
}

const running = await startDesk({
  ...{ databaseUrl, filesFolder, host: '127.0.0.1', port: 0, secret: 'a secret of the tests', version: '0.0.0-test' },
  ...{ clock: systemClock, log: await makeLog('error'), sweepEveryMs: 300, leaseTtlMs, settleWaitsMs },
  ...(end && 'path' in end && { fetch: endingFetch(end) }),
  onOutboxMoment: moment => {
    if (end && 'moment' in end && moment === end.moment) over()
  },
})
// Whoever has started it may have been killed.
process.once('disconnect', () => process.exit(1))
process.send?.(running.url)
