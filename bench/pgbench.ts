import { execFile } from 'node:child_process'
import { globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PrivatePostgres } from '#database'
import { Problem } from '#kit'

const run = promisify(execFile)
export const clients = 8

/** Transactions a second of a script, 8 clients, prepared statements. */
export async function pgbench(
  server: PrivatePostgres,
  { script, seconds }: { script: string; seconds: number },
): Promise<number> {
  const file = join(server.socketDir, 'bench.sql')
  writeFileSync(file, script)
  const { stdout } = await run(await findPgbench(), [
    ...['-h', server.socketDir, '-p', String(server.port), '-U', server.user],
    ...['-n', '-M', 'prepared', '-c', String(clients), '-j', '1', '-T', String(seconds), '-f', file, 'postgres'],
  ])
  const tps = Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  if (!(tps > 0) || !/number of failed transactions: 0 /.test(stdout))
    throw new Error(`pgbench did not do it:\n${stdout}`)
  return tps
}

async function findPgbench(): Promise<string> {
  for (const candidate of ['pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench').toSorted().toReversed()]) {
    const found = await run(candidate, ['--version']).then(
      () => true,
      () => false,
    )
    if (found) return candidate
  }
  throw new Problem(
    'The bench measures against pgbench, which is not here: apt-get install postgresql-contrib (Debian), or the like.',
  )
}
