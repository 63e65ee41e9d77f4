import { setTimeout as wait } from 'node:timers/promises'
import type { MarketProcess, Vitals } from './market-process.ts'

const mib = 1024 * 1024
const heapGrowthBytes = 24 * mib
const rssBytes = 700 * mib
const patienceMs = 30_000

/** Whether a market holds no more than before. Connections that close and logs that are written need a moment. */
export async function judgeMemory(
  market: MarketProcess,
  before: Vitals,
): Promise<{ broken: string[]; figures: string; vitals: Vitals }> {
  const until = performance.now() + patienceMs
  let vitals = await market.measure()
  const errors = [...vitals.errors]
  while (vitals.heapBytes - before.heapBytes > heapGrowthBytes && performance.now() < until) {
    await wait(500)
    vitals = await market.measure()
    errors.push(...vitals.errors)
  }
  const grown = vitals.heapBytes - before.heapBytes
  return {
    vitals: { ...vitals, errors },
    figures: `heap ${format(before.heapBytes)}, then ${format(vitals.heapBytes)}; resident ${format(vitals.rssBytes)}`,
    broken: [
      ...(grown > heapGrowthBytes ? [`the market's heap has grown by ${format(grown)}`] : []),
      ...(vitals.rssBytes > rssBytes ? [`the market takes ${format(vitals.rssBytes)} of memory`] : []),
    ],
  }
}

const format = (bytes: number) => `${Math.round(bytes / mib)} MiB`
