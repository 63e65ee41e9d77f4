import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { makeProgram } from './make-program.ts'
import { textsOf } from './texts/index.ts'

type Page = { help: string; flags: string[] }

/** The help of every command that can be run, and the flags that it takes, under the words of a call. */
function pagesOf(command: Command, words = command.name()): Map<string, Page> {
  const parts: string[] = []
  command.configureOutput({ writeOut: text => parts.push(text), getOutHasColors: () => false })
  command.outputHelp()
  const flags = command.options.map(({ flags }) => flags)
  const inner = command.commands.flatMap(each => [...pagesOf(each, `${words} ${each.name()}`)])
  return new Map([[words, { help: parts.join(''), flags }], ...inner])
}

const english = pagesOf(makeProgram(textsOf('en')))
const russian = pagesOf(makeProgram(textsOf('ru')))

test('in both languages there are the same commands with the same flags', () => {
  const callsOf = (pages: Map<string, Page>) => [...pages].map(([words, { flags }]) => [words, ...flags])

  expect(callsOf(russian)).toEqual(callsOf(english))
  expect([...english.keys()]).toContain('prilavok sim exec')
  expect(english.size).toBeGreaterThan(20)
})

describe.each([...english.keys()])('%s --help', words => {
  test('names every flag in both languages', () => {
    for (const pages of [english, russian]) {
      const { help = '', flags = [] } = pages.get(words) ?? {}
      expect(flags.filter(flag => !help.includes(flag))).toEqual([])
    }
  })

  test('is Russian for a Russian reader, and English for an English one', () => {
    const saidOf = (page: Page | undefined) => (page?.help ?? '').replaceAll(/'[^']*'|<\w+(\.\.\.)?>|--[\w-]+/g, '')
    const [englishHelp, russianHelp] = [saidOf(english.get(words)), saidOf(russian.get(words))]

    expect(englishHelp).not.toMatch(/[а-яё]/i)
    expect(russianHelp).toMatch(/^Использование: /)
    expect(russianHelp.match(/\b(Usage|Options|Commands|Arguments|Examples|options|print|the)\b/g)).toBeNull()
  })

  test('is no wider than 80 columns, but for commands to be copied', () => {
    for (const pages of [english, russian]) {
      const lines = (pages.get(words)?.help ?? '').split('\n').filter(line => !line.startsWith('  prilavok '))
      expect(lines.filter(line => line.length > 80)).toEqual([])
    }
  })
})

type Leaf = [path: string, text: string]

function textsIn(table: object, path = ''): Leaf[] {
  return Object.entries(table).flatMap(([key, value]): Leaf[] => {
    if (typeof value === 'string') return [[`${path}${key}`, value]]
    return typeof value === 'object' && value !== null ? textsIn(value, `${path}${key}.`) : []
  })
}

test('no text of the Russian table is left in English, and none of the English in Russian', () => {
  const [en, ru] = [textsIn(textsOf('en')), textsIn(textsOf('ru'))]
  const hasCyrillic = ([, text]: Leaf) => /[а-яё]/i.test(text)

  expect(ru.filter(leaf => !hasCyrillic(leaf))).toEqual([['language', 'ru']])
  expect(en.filter(hasCyrillic)).toEqual([])
})
