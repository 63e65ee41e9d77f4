// Writes the tarball of @prilavok/client: the client and what it uses of the contract, as one file with its types.
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { parseSync, Visitor } from 'rolldown/utils'
import { dts } from 'rolldown-plugin-dts'
import { end, readOut, root, Stage } from './packing.mjs'

const out = readOut('npm run pack:client')

// The names of functions and classes stay, for whoever reads a stack.
const keepNames = { function: true, class: true }
const minify = { compress: { keepNames }, mangle: { keepNames }, codegen: { removeWhitespace: true } }

// What only a server reads of a declaration: its prose, and what it checks in a request. Answers are read without bounds.
const prose = /^(?:description|summary|title|tag)$/
const ofServer =
  /^(?:params|query|aliases|refusals|enum|minimum|maximum|minLength|maxLength|minItems|maxItems|uniqueItems|default|deprecated|pager)$/

const stage = new Stage()
await bundle()
await bundleTypes()
writePapers()
writeManifest()
stage.pack(out)

async function bundle() {
  const bundled = await rolldown({
    input: join(root, 'src/client/index.ts'),
    cwd: root,
    platform: 'neutral',
    tsconfig: false,
    plugins: [{ name: 'contract-as-data', load: loadAsData }],
    treeshake: { moduleSideEffects: false },
  })
  const { output } = await bundled.generate({ format: 'esm', comments: false, minify })
  const strangers = [...output[0].imports, ...output[0].moduleIds.filter(id => !id.startsWith(join(root, 'src')))]
  if (strangers.length > 0) end(`The client has ${strangers} in it: it must stand alone.`)
  stage.write('index.js', inLines(output[0].code))
}

/** A line for each declaration, each member of a class and each throw: of an uncaught error, Node 20 prints the whole line first. */
function inLines(code) {
  const { program } = parseSync('index.js', code)
  const starts = program.body.flatMap(node => [node.start, ...(membersOf(node) ?? []).map(({ start }) => start)])
  new Visitor({ 'ThrowStatement:exit': ({ start, end }) => starts.push(start, end) }).visit(program)
  return [0, ...[...new Set(starts)].filter(start => start > 0).sort((a, b) => a - b), code.length]
    .map((start, index, all) => code.slice(start, all[index + 1]))
    .join('\n')
}

function membersOf(node) {
  return (node.declaration ?? node).body?.body?.filter(({ type }) => /^(Method|Property)Definition$/.test(type))
}

/** The contract's declarations as the JSON schemas they come to: without TypeBox, which makes them. */
async function loadAsData(id) {
  if (!/\/src\/contract\/(?:operations|shapes)\/(?!index)/.test(id)) return undefined
  const serialize = value => JSON.stringify(value, strip)
  const data = Object.entries(await import(id)).filter(([, value]) => typeof value === 'object')
  return data.map(([name, value]) => `export const ${name} = ${serialize(value)}`).join('\n')
}

function strip(key, part) {
  if (ofServer.test(key) || (prose.test(key) && typeof part === 'string')) return undefined
  // The client reads nothing that is deprecated, and neither days nor null by a rule of their own.
  if (part?.deprecated || (key === 'format' && part === 'date')) return undefined
  if (key === 'type' && Array.isArray(part)) return part[0]
  // The client sends a body where there is one, and has built it by its types.
  return key === 'body' ? {} : part
}

/** The public types as one file. What is not in src/client stays an import, and is an error: the types must stand alone. */
async function bundleTypes() {
  const bundled = await rolldown({
    input: join(root, 'src/client/index.ts'),
    cwd: root,
    external: /^[^./]/,
    plugins: [dts({ dtsOnly: true, generator: 'oxc', tsconfig: 'src/client/tsconfig.json' })],
  })
  const { output } = await bundled.generate({ format: 'esm' })
  const [{ code }] = output
  const strangers = code.match(/^(?:import|export) .*from ['"].*$|\bimport\(['"].*$/gm)
  if (strangers) end(`A public type comes from outside of the client:\n${strangers.join('\n')}`)
  stage.write('index.d.ts', code)
}

/** The beginning of the first page, and the licence. */
function writePapers() {
  const page = readFileSync(join(root, 'docs/client.md'), 'utf8')
  const beginning = page.slice(0, page.indexOf('\nMore to begin with'))
  stage.write('README.md', `${beginning}\nThe rest, task by task: docs/client.md and examples/ of Prilavok.\n`)
  cpSync(join(root, 'LICENSE'), stage.at('LICENSE'))
}

function writeManifest() {
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const manifest = {
    name: '@prilavok/client',
    version,
    description:
      "A shop's chats with its buyers: typed client, notification receiver and sync for Yandex.Market's chats API",
    keywords: ['yandex market', 'marketplace', 'chats', 'api', 'client'],
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.3' },
    types: './index.d.ts',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './package.json': './package.json',
    },
  }
  stage.write('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`)
}
