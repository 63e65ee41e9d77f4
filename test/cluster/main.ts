/** `npm run test:cluster`: the tests of files.ts against the Citus cluster that a variable names, and those that only a cluster can have. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { citusVariable } from '../support/citus-nodes.ts'
import { clusterFiles, clusterProof } from './files.ts'

const root = join(import.meta.dirname, '../..')
const named = process.argv.slice(2)

if (process.env[citusVariable]) {
  const vitest = (files: readonly string[]) => run(join(root, 'node_modules/vitest/vitest.mjs'), ['run', ...files])
  vitest(named.length > 0 ? named : clusterFiles)
  if (named.length === 0) {
    vitest(['test/cluster']) // alone: a node crashes there
    run(join(root, 'prove/main.ts'), [clusterProof, '--quick'])
  }
} else
  console.log(
    `The tests on a cluster were not run: ${citusVariable} names none (postgres://…, a database of the coordinator that knows the nodes).`,
  )

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exitCode = status ?? 1
}
