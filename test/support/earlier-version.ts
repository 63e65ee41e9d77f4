/** The program as it was before the schema's last change, from git's history. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whenOver } from './run-context.ts'

const root = join(import.meta.dirname, '../..')
const migrations = 'src/market/store/migrations'
const schema = 'src/market/store/schema.ts'

function git(args: string[], env: Record<string, string> = {}): string {
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore']
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio, env: { ...process.env, ...env } }).trim()
}

/** The last release if there is one, else the commit before the last migration or generation; undefined where history does not tell. */
export function findEarlierVersion(): string | undefined {
  try {
    const tag = git(['tag', '--sort=-creatordate']).split('\n')[0]
    if (tag) return git(['rev-parse', '--verify', `${tag}^{commit}`])
    if (git(['status', '--porcelain', '--', migrations])) return git(['rev-parse', 'HEAD'])
    const last = [lastCommit('--', migrations), lastCommit('-G^  generation:', '--', schema)].sort().at(-1)
    return git(['rev-parse', '--verify', `${last?.split(' ')[1]}^`])
  } catch {
    return undefined // no git, no repository, or a history that was cut
  }
}

/** Its time and its hash. */
const lastCommit = (...which: string[]) => git(['log', '-1', '--format=%ct %H', ...which])

/** Its sources, in a folder that is gone after the test, with the packages of today. */
export function checkOut(commit: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-earlier-'))
  whenOver(() => rmSync(folder, { recursive: true, force: true }))
  const index = { GIT_INDEX_FILE: join(folder, 'index') }
  git(['read-tree', commit], index)
  git(['checkout-index', '--all', `--prefix=${folder}/tree/`], index)
  symlinkSync(join(root, 'node_modules'), join(folder, 'tree/node_modules'))
  return join(folder, 'tree')
}
