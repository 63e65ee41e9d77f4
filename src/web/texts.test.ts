import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { dictionaries as ofConsole } from './console/texts/index.ts'
import { dictionaries as ofDesk } from './desk/texts/index.ts'
import { laterDictionaries as ofDeskLater } from './desk/texts/later.ts'

const root = join(import.meta.dirname, '../..')
const pluralForms = { en: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] }

type Texts = Record<string, string>
const en: Record<string, Texts> = { ...ofConsole.en, ...ofDesk.en, ...ofDeskLater.en }
const ru: Record<string, Texts> = { ...ofConsole.ru, ...ofDesk.ru, ...ofDeskLater.ru }

/** `count_one` and `count_few` are both of `count`. */
const baseOf = (key: string) => key.replace(/_(?:one|few|many|other)$/, '')
const isPlural = (key: string, texts: Texts) => `${baseOf(key)}_other` in texts && baseOf(key) !== key
const bases = (texts: Texts) => [...new Set(Object.keys(texts).map(baseOf))].sort()
const slots = (text: string) => Array.from(text.matchAll(/\{\{(\w+)/g), match => match[1]).sort()

test.each(Object.keys(en))('%s has the same keys in both languages, with all plural forms', page => {
  const [english = {}, russian = {}] = [en[page], ru[page]]
  const missing = (
    [
      ['en', english],
      ['ru', russian],
    ] as const
  ).flatMap(([language, texts]) =>
    Object.keys(texts)
      .filter(key => isPlural(key, texts))
      .flatMap(key => pluralForms[language].map(form => `${baseOf(key)}_${form}`))
      .filter(key => !(key in texts)),
  )

  expect(bases(russian)).toEqual(bases(english))
  expect(missing).toEqual([])
})

test.each(Object.keys(en))('%s has no empty text, and the same slots in both languages', page => {
  const [english = {}, russian = {}] = [en[page], ru[page]]
  const unlike = Object.entries(russian)
    .filter(([key, text]) => {
      const other = english[key] ?? english[`${baseOf(key)}_other`] ?? ''
      return text.trim() === '' || slots(text).join() !== slots(other).join()
    })
    .map(([key]) => key)

  expect(unlike).toEqual([])
})

const spokenAttributes = ['title', 'label', 'placeholder', 'alt', 'aria-label', 'description', 'hint', 'text', 'yes']
// Names, which are the same in every language.
const names = ['Prilavok', 'П']

/** Texts that a page would show in one language whatever the reader's. */
function bareTexts(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source, { lang: 'tsx' })
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`)
  const found: string[] = []
  const note = (text: unknown) => {
    if (typeof text === 'string' && /\p{L}/u.test(text) && !names.includes(text.trim()))
      found.push(`${path}: ${text.trim()}`)
  }
  walk(program, node => {
    if (node.type === 'JSXText') note(node['value'])
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as {
        name: { name: string }
        value: { type: string; value?: unknown } | null
      } // of a tree
      const isExample = /^[\w-]+…$/.test(String(value?.value))
      if (spokenAttributes.includes(name.name) && value?.type === 'Literal' && !isExample) note(value.value)
    }
  })
  return found
}

type Node = { type: string } & Record<string, unknown>

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  if ('type' in node && typeof node.type === 'string') visit(node as Node)
  for (const part of Object.values(node)) walk(part, visit)
}

test('every text that is shown comes from the dictionaries', () => {
  const paths = globSync('src/web/**/*.tsx', { cwd: root })
  const found = paths.flatMap(path => bareTexts(path, readFileSync(join(root, path), 'utf8')))

  expect(paths.length).toBeGreaterThan(20)
  expect(found).toEqual([])
})

test('a bare text and a bare label are found; names and examples are none', () => {
  const page = (inside: string) => bareTexts('x.tsx', `export const X = () => <p title={t('a')}>${inside}</p>`)

  expect(page('Hello')).toHaveLength(1)
  expect(page('<a title="Далее" />')).toHaveLength(1)
  expect(page('Prilavok · {x} 7')).toHaveLength(1)
  expect(page('<i className="red" aria-label={t("b")} placeholder="admin-…">{x} · 7</i>')).toEqual([])
})
