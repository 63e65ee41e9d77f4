import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { operations } from '#contract'
import { startPrivatePostgres } from '#database'
import { makeRow, type Row } from './row.ts'

const root = join(import.meta.dirname, '..')

/** From the command to the first answer of the API: on an empty folder, and on one that has its data. */
export async function startBench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-bench-'))
  chmodSync(folder, 0o755)
  try {
    const postgresCold = await timePostgres(join(folder, 'postgres'))
    const postgresWarm = await timePostgres(join(folder, 'postgres'))
    const cold = await timeUp(join(folder, 'up'))
    const warm = await timeUp(join(folder, 'up'))
    return [
      makeRow({
        name: 'start to first answer, cold',
        value: cold,
        unit: 'ms',
        against: 'PostgreSQL alone',
        reference: postgresCold,
      }),
      makeRow({
        name: 'start to first answer, warm',
        value: warm,
        unit: 'ms',
        against: 'PostgreSQL alone',
        reference: postgresWarm,
      }),
    ]
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
