import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { operations } from '#contract'
import { startPrivatePostgres } from '#database'
import { makeRow, median, type Row } from './row.ts'

const root = join(import.meta.dirname, '..')

const rounds = 3

type Times = { cold: number; warm: number }

/** From the command to the first answer of the API: on an empty folder, and on one that has its data. */
export async function startBench(): Promise<Row[]> {
  const postgres: Times[] = []
  const market: Times[] = []
  for (let round = 0; round < rounds; round++) {
    postgres.push(await timeTwice(timePostgres))
    market.push(await timeTwice(timeUp))
  }
  const row = (of: keyof Times) => {
    const value = median(market.map(times => times[of]))
    const reference = median(postgres.map(times => times[of]))
    return makeRow({ name: `start to first answer, ${of}`, value, unit: 'ms', against: 'PostgreSQL alone', reference })
  }
  return [row('cold'), row('warm')]
}

async function timeTwice(time: (folder: string) => Promise<number>): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-bench-'))
  chmodSync(folder, 0o755)
  try {
    return { cold: await time(join(folder, 'data')), warm: await time(join(folder, 'data')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function timePostgres(dataDir: string): Promise<number> {
  const begun = performance.now()
  const server = await startPrivatePostgres({ dataDir, say: () => {} })
  const elapsed = performance.now() - begun
  await server.stop()
  return elapsed
}

async function timeUp(data: string): Promise<number> {
  const begun = performance.now()
  const child = spawn(
    process.execPath,
    [join(root, 'src/cli/main.ts'), 'up', '--json', '--port', '0', '--data', data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [line] = await once(createInterface(child.stdout), 'line')
  const { api, apiKey } = JSON.parse(String(line)) as { api: string; apiKey: string } // the ready line
  const answer = await fetch(`${api}${operations.getCampaigns.path}`, { headers: { 'api-key': apiKey } })
  if (answer.status !== 200) throw new Error(`the first answer was ${answer.status}`)
  const elapsed = performance.now() - begun
  child.kill('SIGINT')
  await once(child, 'exit')
  return elapsed
}
