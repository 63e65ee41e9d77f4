import { execFileSync } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import { makeKinds } from './calls/kinds.ts'
import { connectionsOf } from './calls/requests.ts'
import { runLoad } from './load/run-load.ts'
import { makeRow, type Row } from './row.ts'
import type { Stage } from './stage.ts'

const secondsOfLoad = 10
const sampleMs = 250

/** Resident memory of the market's process before its first request, and the most it holds while all kinds of calls load it. */
export async function memoryBench(stage: Stage): Promise<Row[]> {
  const bare = execFileSync(process.execPath, ['-p', 'process.memoryUsage.rss()'], { encoding: 'utf8' })
  const against = { unit: 'MB', against: 'bare Node.js', reference: Number(bare) / 1024 / 1024 }
  const most = await mostUnderLoad(stage)
  return [
    makeRow({ ...against, name: 'resident memory, idle', value: stage.idleMegabytes }),
    makeRow({ ...against, name: 'resident memory, under load', value: most }),
  ]
}

/** Each connection sends all kinds in turn. */
async function mostUnderLoad(stage: Stage): Promise<number> {
  const kinds = Object.values(await makeKinds(stage)).map(({ request }) => connectionsOf(stage, request))
  const connections = (kinds[0] ?? []).map((requests, connection) =>
    requests.flatMap((_, n) => kinds.map(kind => kind[connection]?.[n] ?? '')),
  )
  let isLoaded = true
  const loaded = runLoad({ port: stage.port, seconds: secondsOfLoad, connections }, stage.watched).finally(() => {
    isLoaded = false
  })
  let most = 0
  while (isLoaded) {
    most = Math.max(most, await stage.residentMegabytes())
    await after(sampleMs)
  }
  await loaded
  return most
}
