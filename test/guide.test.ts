import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Marked, type Token, type Tokens } from 'marked'
import { describe, expect, test } from 'vitest'
import { addressOf, contents, inLanguage, isBegin, languageOf } from '../scripts/vite/guide/contents.ts'
import { headingsOf } from '../scripts/vite/guide/headings.ts'
import { commandsOf, highlight, nameLanguage } from '../scripts/vite/guide/highlight.ts'
import { layOut } from '../scripts/vite/guide/layout.ts'
import { readGuide } from '../scripts/vite/guide/read-guide.ts'
import { readPage } from '../scripts/vite/guide/read-page.ts'
import { words } from '../scripts/vite/guide/words.ts'
import { makeProgram } from '../src/cli/make-program.ts'
import { textsOf } from '../src/cli/texts/index.ts'

const root = join(import.meta.dirname, '..')
const guide = readGuide(root)
const pages = [...guide.pages.values()]
const firstPages = pages.filter(({ path, language }) => isBegin(path) && language === 'en').map(({ path }) => path)
const assets = {
  script: '/s.js',
  scheme: '/c.js',
  styles: [],
  fonts: [],
  mark: '/m.svg',
  search: { en: '/e', ru: '/r' },
}

test('no link of the guide leads nowhere, and no anchor', () => {
  expect(pages.length).toBeGreaterThan(60)
  expect(guide.dead).toEqual([])
})

test('the first pages are there in both languages, and each page has a title, words for a search and an address of its own', () => {
  expect(firstPages).toHaveLength(6)
  expect(firstPages.filter(path => guide.pages.get(inLanguage(path, 'ru')) === undefined)).toEqual([])
  for (const { path, title, parts } of pages) expect([path, title, parts.length > 0]).not.toContain('')
  expect(new Set(pages.map(({ path }) => addressOf(path))).size).toBe(pages.length)
})

test.each(firstPages)('what %s has to be typed is the same in Russian, but for what is said in it', path => {
  const [english, russian] = [path, inLanguage(path, 'ru')].map(typedIn)

  expect(russian).toEqual(english)
})

const typedIn = (path: string) =>
  codeOf(path).flatMap(({ text, lang }) => {
    const language = nameLanguage(text, lang)
    if (language === undefined) return []
    const typed = language === 'shell' ? commandsOf(text) : text
    return [typed.replaceAll(/'[^']*'|`[^`]*`|<[^>]*>|\/\/.*$/gm, '')]
  })

test('a program that stands on a page without being run there is part of an example, which is', () => {
  const examples = globSync('examples/**/*.{ts,cjs}', { cwd: root }).map(path => readFileSync(join(root, path), 'utf8'))
  const programs = pages.flatMap(({ path }) => codeOf(path).filter(({ lang }) => lang === 'js'))

  expect(programs.length).toBeGreaterThan(0)
  expect(programs.filter(({ text }) => !examples.some(example => example.includes(text)))).toEqual([])
})

test('every command that a document tells to type is there, with its flags', () => {
  const program = makeProgram(textsOf('en'))
  const lines = pages.flatMap(({ path }) => (path.endsWith('.md') ? commandLinesOf(path) : []))

  expect(lines.length).toBeGreaterThan(20)
  expect(lines.flatMap(({ path, line }) => unknownIn(program, line).map(what => `${path}: ${what}: ${line}`))).toEqual(
    [],
  )
  expect(unknownIn(program, 'sim exec --quickly -- npm test')).toEqual(['--quickly'])
  expect(unknownIn(program, 'sims')).toEqual(['sims'])
})

function commandLinesOf(path: string) {
  const blocks = codeOf(path).filter(({ text, lang }) => nameLanguage(text, lang) === 'shell')
  const commands = blocks.flatMap(({ text }) => commandsOf(text).replaceAll('\\\n', ' ').split('\n'))
  return commands.flatMap(command => {
    const [, line] = /^(?:npx )?prilavok (.*)$/.exec(command) ?? []
    return line === undefined ? [] : [{ path, line }]
  })
}

/** What a command line of ours names that its program does not know. */
function unknownIn(program: Command, line: string): string[] {
  const typed = line.split(/ -- | # | > /)[0]?.split(/\s+/) ?? []
  let command = program
  for (const word of typed) {
    const inner = command.commands.find(each => each.name() === word)
    if (!inner) break
    command = inner
  }
  if (command === program) return typed.slice(0, 1).filter(word => word !== '--help')
  const known = command.options.flatMap(({ long, short }) => [long, short])
  return typed.filter(word => word.startsWith('--') && word !== '--help' && !known.includes(word))
}

function codeOf(path: string): Tokens.Code[] {
  if (!path.endsWith('.md')) return []
  const tokens = new Marked().lexer(readFileSync(join(root, path), 'utf8'))
  return tokens.filter((token): token is Tokens.Code => token.type === 'code')
}

describe('a page', () => {
  test.each(['docs/guide/ru/notifications.md', 'docs/client.md', 'docs/guide/en/index.md'])(
    '%s asks no other host for anything, and has no script or style within',
    path => {
      const page = guide.pages.get(path)
      const html = page ? layOut(page, guide, assets) : ''

      expect(html).toMatch(/^<!doctype html>\n<html lang="(?:en|ru)"/)
      expect(html).not.toMatch(/<script(?![^>]* src="\/)|<style| style=| on\w+="/)
      expect(html).not.toMatch(/(?:src|<link[^>]* href)="https?:/)
    },
  )

  test('leads to its like in the other language, and to the pages before and after it', () => {
    const page = guide.pages.get('docs/guide/ru/notifications.md')
    const html = page ? layOut(page, guide, assets) : ''

    expect(html).toContain('href="/guide/en/notifications" hreflang="en"')
    expect(html).toContain('rel="prev" href="/guide/ru/five-minutes"')
    expect(html).toContain('rel="next" href="/guide/ru/testing"')
    expect(html).toContain('<a href="/guide/ru/notifications" aria-current="page">')
  })

  test('of another language is marked as such in the contents', () => {
    const foreign = contents('ru').flatMap(({ pages: all }) => all.filter(({ path }) => languageOf(path) !== 'ru'))
    const page = guide.pages.get('docs/guide/ru/index.md')
    const html = page ? layOut(page, guide, assets) : ''

    expect(html.match(/hreflang="en"[^>]*>[^<]+ <small/g)).toHaveLength(foreign.length)
  })
})

const read = (markdown: string) =>
  readPage(markdown, { resolve: href => (href === 'lost' ? undefined : href), words: words.en })

test('text is text: what looks like HTML in code and titles stays what it is', () => {
  const { html, title, parts } = read('# A `<b>` & more\n\nSee `<script>`.\n\n```\n<script>alert("1")</script>\n```\n')

  expect(title).toBe('A <b> & more')
  expect(html).not.toContain('<script>')
  expect(parts).toEqual([{ id: '', title: 'A <b> & more', text: 'See <script>. <script>alert("1")</script>' }])
})

test('a link that leads nowhere is shown as words', () => {
  expect(read('[here](lost) and [there](there)').html).toBe('<p>here and <a href="there">there</a></p>\n')
})

test('anchors are those of GitHub, in any script, and each its own', () => {
  const tokens: Token[] = new Marked().lexer('# Top\n## What `a.b` is: x\n## От кого?\n## От кого?\n')

  expect([...headingsOf(tokens).values()].map(({ id }) => id)).toEqual(['top', 'what-ab-is-x', 'от-кого', 'от-кого-1'])
})

test('of a session at a terminal the commands are copied, with the lines that belong to them', () => {
  const session = '$ curl -s \\\n    http://h\n{"status":"OK"}\n$ ls'

  expect(commandsOf(session)).toBe('curl -s \\\n    http://h\nls')
  expect(highlight(session, nameLanguage(session))).toContain(
    '<span class="said">{&quot;status&quot;:&quot;OK&quot;}</span>',
  )
})
