import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { DeliveryMoment } from '../../src/market/notify/delivery-moments.ts'
import { whenOver } from './run-context.ts'
import type { TestMarket } from './test-market.ts'

export type ForkedMarket = { process: ChildProcess; url: string }

/** When it kills itself: at a moment of its deliveries, counted from 1 since it was armed. */
export type DieAt = { moment: DeliveryMoment; count: number }

/** A second market on the same data, in a process of its own, for tests to kill or to measure. It ends with the test. */
export function forkMarket(market: TestMarket, dieAt?: DieAt): Promise<ForkedMarket> {
  return forkWith(market, dieAt, { execArgv: ['--expose-gc'] })
}

/** The same, in a process whose files the system lets grow to so much and no more, as a full disk would. */
export function forkMarketWithFilesTo(market: TestMarket, maxKb: number): Promise<ForkedMarket> {
  const start = `ulimit -f ${maxKb * 2}; exec '${process.execPath}' "$0" "$@"`
  return forkWith(market, undefined, { execPath: '/bin/sh', execArgv: ['-c', start] })
}

async function forkWith(
  { databaseUrl, filesFolder, filesBucket }: TestMarket,
  dieAt: DieAt | undefined,
  options: ForkOptions,
): Promise<ForkedMarket> {
  const death = dieAt ? [`${dieAt.moment}:${dieAt.count}`] : []
  const child = fork(
    join(import.meta.dirname, 'hold-market.ts'),
    [JSON.stringify({ databaseUrl, filesFolder, filesBucket }), ...death],
    options,
  )
  whenOver(() => void child.kill('SIGKILL'))
  const [url] = (await once(child, 'message')) as [string] // its program sends nothing else
  return { process: child, url }
}

/** From now on it may die; what it did for others before does not count. */
export async function arm({ process: child }: ForkedMarket): Promise<void> {
  child.send('arm')
  await once(child, 'message')
}

/** How many bytes of buffers it holds when all that nobody needs is gone. */
export async function countBufferBytes({ process: child }: ForkedMarket): Promise<number> {
  child.send('measure')
  const [bytes] = (await once(child, 'message')) as [number] // its program sends nothing else
  return bytes
}
