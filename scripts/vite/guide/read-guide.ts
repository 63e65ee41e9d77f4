import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join, normalize, posix } from 'node:path'
import { addressOf, contents, decisionsPage, homeOf, type Language, languageOf, languages } from './contents.ts'
import { type PageText, readPage } from './read-page.ts'
import { codeBlock } from './renderer.ts'
import { words } from './words.ts'

export type GuidePage = PageText & {
  /** Of its file, from the root of the repository. */
  path: string
  language: Language
}

export type Guide = {
  pages: Map<string, GuidePage>
  /** Links that lead nowhere, as `page: link`. */
  dead: string[]
}

// Of a program: more of a long table would only hide what is said elsewhere.
const searchedLength = 2000

/** The base below which the pages are. */
export const base = '/guide/'

/** Every page that the contents name, and every file that one of these links to. */
export function readGuide(root: string): Guide {
  const named = languages.flatMap(language => [homeOf(language), ...contents(language).flatMap(pathsOf)])
  const pages = new Map<string, GuidePage>()
  const links: Link[] = []
  const queue = [...new Set(named)]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (pages.has(path)) continue
    const found = linksOf(root, path)
    pages.set(path, { ...readFile(root, path, found), path, language: languageOf(path) })
    links.push(...found.all)
    queue.push(...found.all.flatMap(({ target }) => target ?? []))
  }
  return { pages, dead: links.filter(link => isDead(link, pages)).map(({ from, href }) => `${from}: ${href}`) }
}

const pathsOf = ({ pages }: ReturnType<typeof contents>[number]) => pages.map(({ path }) => path)

type Link = { from: string; href: string; target: string | undefined; anchor: string }

function isDead({ target, anchor }: Link, pages: Guide['pages']): boolean {
  const page = target === undefined ? undefined : pages.get(target)
  return page === undefined || (anchor !== '' && !page.headings.some(({ id }) => id === anchor))
}

type Found = { all: Link[]; resolve(href: string): string | undefined }

/** The links of a page within the repository, noted as they are resolved. */
function linksOf(root: string, from: string): Found {
  const all: Link[] = []
  const resolve = (href: string) => {
    if (/^(?:https?|mailto):/.test(href)) return href
    // What the market itself serves, beside the guide.
    if (href.startsWith('/')) return href
    const [file = '', anchor = ''] = decodeURI(href).split('#')
    const folder = from === decisionsPage ? from : posix.dirname(from)
    const target = file === '' ? from : findFile(root, posix.join(folder, file))
    all.push({ from, href, target, anchor })
    return target && `${base}${addressOf(target)}${anchor && `#${encodeURIComponent(anchor)}`}`
  }
  return { all, resolve }
}

function findFile(root: string, path: string): string | undefined {
  const inside = normalize(path).replace(/\/$/, '')
  if (inside === decisionsPage) return inside
  const whole = join(root, inside)
  return !inside.startsWith('..') && existsSync(whole) && statSync(whole).isFile() ? inside : undefined
}

function readFile(root: string, path: string, { resolve }: Found): PageText {
  const said = words[languageOf(path)]
  if (path === decisionsPage) return readPage(listOfDecisions(root), { resolve, words: said })
  const text = readFileSync(join(root, path), 'utf8')
  if (path.endsWith('.md')) return readPage(text, { resolve, words: said })
  const html = `<h1>${basename(path)}</h1>\n<p>${said.source}: <code>${path}</code></p>\n${codeBlock(text, extname(path).slice(1), said)}`
  return {
    title: basename(path),
    lead: path,
    html,
    headings: [],
    parts: [{ id: '', title: path, text: text.slice(0, searchedLength) }],
  }
}

function listOfDecisions(root: string): string {
  const names = readdirSync(join(root, decisionsPage)).filter(name => name.endsWith('.md'))
  const rows = names.toSorted().map(name => {
    const [, number, title] = /^# (\d+) · (.*)$/m.exec(readFileSync(join(root, decisionsPage, name), 'utf8')) ?? []
    return `- ${number ?? ''} · [${title ?? name}](${name})`
  })
  return `# Decisions\n\nChoices and their reasons, one a page.\n\n${rows.join('\n')}\n`
}
