import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const watching = `
  import { registerHooks } from 'node:module'
  const load = (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context))
  registerHooks({ load })`

/** The packages that a command loads. */
function packagesFor(...args: string[]): string[] {
  const watch = `data:text/javascript,${encodeURIComponent(watching)}`
  const all = ['--import', watch, join(import.meta.dirname, 'main.ts'), ...args]
  const { stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' })
  const names = Array.from(stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g), match => match[1] ?? '')
  return [...new Set(names)]
}

test('help is printed without loading any package but the one that prints it', () => {
  expect(packagesFor('market', '--help')).toEqual(['commander'])
})
