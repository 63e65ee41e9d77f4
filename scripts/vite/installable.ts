import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

type Output = Parameters<Extract<NonNullable<Plugin['generateBundle']>, (...args: never[]) => unknown>>[1]
type Chunk = Extract<Output[string], { type: 'chunk' }>

/** What the page without a network needs besides the first script, by the end of its module's path. */
const offlinePage = 'offline/offline-page.tsx'
const fontsKept = /\/golos-text-(?:cyrillic|latin)-wght-normal-.*\.woff2$/
const icons = ['icon-192', 'icon-512', 'icon-maskable-512', 'icon-touch-180']

/**
 * Makes an application one that can be installed: its icons under their hash, a manifest that names them, and a list of files for
 * its service worker.
 */
export function installable(root: string): Plugin {
  return {
    name: 'installable',
    apply: 'build',
    buildStart() {
      for (const icon of icons)
        this.emitFile({ type: 'asset', name: `${icon}.png`, source: readFileSync(join(root, 'icons', `${icon}.png`)) })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => [
        { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `/desk/${assetOf(bundle, 'icon-touch-180.png')}` } },
        { tag: 'link', attrs: { rel: 'manifest', href: `/desk/${manifestName(root, bundle)}` } },
      ],
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const [name, source] = [manifestName(root, bundle), manifestOf(root, bundle)]
        this.emitFile({ type: 'asset', fileName: name, source })
        const worker = Object.values(bundle).find((one): one is Chunk => one.type === 'chunk' && one.name === 'worker')
        if (!worker) return this.error('there is no service worker')
        const head = `const builtDesk = ${JSON.stringify(listFor(bundle))};\n`
        worker.code = head + worker.code
      },
    },
  }
}

function assetOf(bundle: Output, name: string): string {
  const found = Object.values(bundle).find(one => one.type === 'asset' && one.names.includes(name))
  if (!found) throw new Error(`${name} is not in the build`)
  return found.fileName
}

/** The manifest, whose icons lie beside it under their hash. */
function manifestOf(root: string, bundle: Output): string {
  const text = readFileSync(join(root, 'desk.webmanifest'), 'utf8')
  return text.replace(/"\.\/icons\/([\w-]+\.png)"/g, (_all, icon: string) => `"/desk/${assetOf(bundle, icon)}"`)
}

const manifestName = (root: string, bundle: Output) => `assets/desk-${hashOf(manifestOf(root, bundle))}.webmanifest`

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 8)

/** The first script and the offline page, with all that they import, their styles and the fonts of our two alphabets. */
function listFor(bundle: Output) {
  const chunks = Object.values(bundle).filter(one => one.type === 'chunk')
  const entry = chunks.find(({ isEntry, name }) => isEntry && name === 'index')
  const offline = chunks.find(({ moduleIds }) => moduleIds.some(id => id.endsWith(offlinePage)))
  if (!entry || !offline) throw new Error('the first script or the offline page is not in the build')
  const needed = new Set<string>()
  const need = (chunk: Chunk) => {
    if (needed.has(chunk.fileName)) return
    needed.add(chunk.fileName)
    for (const style of chunk.viteMetadata?.importedCss ?? []) needed.add(style)
    for (const name of chunk.imports) {
      const imported = bundle[name]
      if (imported?.type === 'chunk') need(imported)
    }
  }
  need(entry)
  need(offline)
  for (const name of Object.keys(bundle)) if (fontsKept.test(`/${name}`)) needed.add(name)
  const files = [...needed].sort().map(name => `/desk/${name}`)
  return { version: hashOf(files.join()), entry: entry.fileName, files }
}
