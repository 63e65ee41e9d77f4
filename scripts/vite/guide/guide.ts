import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { addressOf, isBegin, type Language, languages } from './contents.ts'
import { type Assets, layOut, layOutLost } from './layout.ts'
import { base, type Guide, readGuide } from './read-guide.ts'

type Output = Parameters<Extract<NonNullable<Plugin['generateBundle']>, (...args: never[]) => unknown>>[1]

const firstFonts = /golos-text-(?:cyrillic|latin)-wght-normal.*\.woff2$/

/** Makes the pages of the guide from the documents of a repository: each a whole page of HTML that can be read without a script. */
export function guide(root: string): Plugin {
  return {
    name: 'guide',
    apply: 'build',
    transform(code, id) {
      return id.endsWith('/ui/tokens.css') ? { code: darkWithoutScript(code), map: null } : undefined
    },
    buildStart() {
      const source = readFileSync(join(root, 'src/web/console/mark.svg'))
      this.emitFile({ type: 'asset', name: 'mark.svg', source })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const read = readGuide(root)
        for (const link of read.dead) this.warn(`a link leads nowhere: ${link}`)
        const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source })
        const search = searchLists(read, emit)
        const assets = { ...assetsOf(bundle), search }
        for (const page of read.pages.values()) {
          const address = addressOf(page.path)
          emit(`${address.endsWith('/') ? `${address}index` : address}.html`, layOut(page, read, assets))
        }
        for (const language of languages) emit(`${language}/404.html`, layOutLost(language, read, assets))
      },
    },
  }
}

/** Who has no script, or has chosen nothing, sees what the system is set to. */
function darkWithoutScript(css: string): string {
  const [, dark] = /^\[data-mantine-color-scheme="dark"\] (\{[^}]*\})/m.exec(css) ?? []
  if (!dark) throw new TypeError('the dark tokens are not where they were')
  return `${css}\n@media (prefers-color-scheme: dark) { :root:not([data-mantine-color-scheme="light"]) ${dark} }\n`
}

function assetsOf(bundle: Output): Omit<Assets, 'search'> {
  const all = Object.values(bundle)
  const entry = (name: string) => {
    const chunk = all.find(one => one.type === 'chunk' && one.isEntry && one.name === name)
    if (!chunk) throw new TypeError(`${name} is not in the build`)
    return base + chunk.fileName
  }
  const named = (ending: RegExp) => all.map(({ fileName }) => fileName).filter(name => ending.test(name))
  const [mark = ''] = named(/mark-.*\.svg$/)
  return {
    script: entry('main'),
    scheme: entry('scheme'),
    styles: named(/\.css$/).map(name => base + name),
    fonts: named(firstFonts).map(name => base + name),
    mark: base + mark,
  }
}

/** What can be found, by language: of each part of a page its address, the title of the page, its own, and its words. */
function searchLists({ pages }: Guide, emit: (name: string, source: string) => unknown): Record<Language, string> {
  const listFor = (language: Language) => {
    const wanted = [...pages.values()].filter(page => page.language === language || !isBegin(page.path))
    const parts = wanted.flatMap(({ path, title, parts: own }) =>
      own.map(part => [`${base}${addressOf(path)}${part.id && `#${part.id}`}`, title, part.title, part.text]),
    )
    const text = JSON.stringify(parts)
    const name = `assets/search-${language}-${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.json`
    emit(name, text)
    return base + name
  }
  return { en: listFor('en'), ru: listFor('ru') }
}
