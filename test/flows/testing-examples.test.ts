import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeOpenFolder } from '../support/private-postgres.ts'
import { moduleOf, snippetsOf } from '../support/snippets.ts'

const root = join(import.meta.dirname, '../..')
const examples = join(root, 'examples/testing')
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const main = join(root, 'src/cli/main.ts')

/** As a programmer runs it, who gives a slow machine more time. */
async function run([program = '', ...args]: string[], cwd = examples) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|PRILAVOK_|NODE_OPTIONS$)/.test(name))
  const env = { ...Object.fromEntries(inherited), NODE_ENV: 'test', PRILAVOK_TESTING_PATIENCE: '60 seconds' }
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill())
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      said += text
    })
  const [status] = await once(child, 'close')
  return { status, said }
}

const node = (...args: string[]) => [process.execPath, ...args]
const flags =
  '--noEmit --ignoreConfig --strict --skipLibCheck --target es2024 --module nodenext --types node --allowImportingTsExtensions'

test('the examples are right to the compiler', async () => {
  expect(await run(node(tsc, ...flags.split(' '), 'vitest.test.ts', 'node.test.ts'))).toEqual({ status: 0, said: '' })
})

test('the example for vitest tries a handler in forty lines', async () => {
  const patience = ['--testTimeout', '120000', '--hookTimeout', '120000', '--maxWorkers', '1']
  const { status, said } = await run(node(vitest, 'run', '--root', '.', ...patience, 'vitest.test.ts'))

  expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining('4 passed') })
  expect(readFileSync(join(examples, 'vitest.test.ts'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40)
}, 600_000)

test('the example for node:test passes', async () => {
  expect(await run(node('--test', 'node.test.ts'))).toMatchObject({
    status: 0,
    said: expect.stringMatching(/pass 2\n/),
  })
}, 600_000)

const others: [string, string[]][] = [
  ['pytest', ['pytest', '-q', '-p', 'no:cacheprovider', 'test_shop.py']],
  ['phpunit', ['phpunit', '--do-not-cache-result', 'ShopTest.php']],
  ['go', ['go', 'test', 'shop_test.go']],
]

for (const [language, command] of others) {
  const isThere = spawnSync(language, [language === 'go' ? 'version' : '--version']).status === 0
  test.skipIf(!isThere)(
    `the example for ${language} passes${isThere ? '' : ` (there is no ${language} here)`}`,
    async () => {
      expect(await run(node(main, 'sim', 'exec', '--', ...command))).toMatchObject({ status: 0 })
    },
    600_000,
  )
}

const given = `import { startMarket as start } from 'prilavok/testing'
const started = start()
export const startMarket = () => started
export const market = await started
`

test('every snippet of docs/testing.md is right to the compiler, runs, and prints what it says', async () => {
  const folder = makeOpenFolder()
  const snippets = snippetsOf(readFileSync(join(root, 'docs/testing.md'), 'utf8'))
  const fileOf = ({ line }: { line: number }) => `line-${line}.ts`
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
  symlinkSync(root, join(folder, 'node_modules/prilavok'))
  symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'given.ts'), given)
  for (const snippet of snippets)
    writeFileSync(join(folder, fileOf(snippet)), moduleOf(snippet, ['market', 'startMarket']))
  writeFileSync(join(folder, 'main.ts'), snippets.map(snippet => `await import('./${fileOf(snippet)}')`).join('\n'))

  const checked = await run(node(tsc, ...flags.split(' '), ...snippets.map(fileOf)), folder)
  const { status, said } = await run(node('main.ts'), folder)

  expect(checked).toEqual({ status: 0, said: '' })
  expect({ status, lines: said.trim().split('\n') }).toEqual({
    ...{ status: 0, lines: snippets.flatMap(({ prints }) => prints) },
  })
}, 600_000)
