import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keysOf } from '#contract'
import { checks } from '../../src/cli/check/checks.ts'
import { knownVariables, optionsOf, settingsTable, variablesWithoutFlag } from '../support/settings.ts'

const path = join(import.meta.dirname, '../../docs/operations.md')
const page = readFileSync(path, 'utf8')
const marks = { begin: '<!-- settings: made by test/deploy/settings.test.ts -->', end: '<!-- end of settings -->' }

/** The page with the table that the code makes. Throws if it has no place for it. */
function withTable(text: string): string {
  const [before, rest] = text.split(marks.begin)
  const [, after] = rest?.split(marks.end) ?? []
  if (before === undefined || after === undefined)
    throw new TypeError('docs/operations.md has lost the marks of its table')
  return `${before}${marks.begin}\n${settingsTable()}\n${marks.end}${after}`
}

test('the table of settings in docs/operations.md is the one that the code makes (npx vitest run --update=true test/deploy/settings.test.ts writes it)', async () => {
  await expect(withTable(page)).toMatchFileSnapshot(path)
})

/** What the first column of the table after a heading names, row by row. */
function rowsAfter(heading: string): string[] {
  const [, section = ''] = page.split(`\n${heading}\n`)
  const table = section.split('\n## ')[0] ?? ''
  const cells = Array.from(table.matchAll(/^\| (`[^|]*) \|/gm), ([, cell = '']) => cell)
  return cells.flatMap(cell => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name))
}

test('every variable that servers read past their flags has its row, and no other has one', () => {
  const told = rowsAfter('### Variables without a flag')

  expect(variablesWithoutFlag()).toContain('PRILAVOK_SECRET')
  expect(variablesWithoutFlag().filter(name => !told.includes(name))).toEqual([])
  expect(told.filter(name => name.startsWith('PRILAVOK_') && !knownVariables().includes(name))).toEqual([])
})

test('every check of `prilavok check` has its row, in the order in which they are told', () => {
  expect(rowsAfter('## Before production: prilavok check')).toEqual(keysOf(checks))
})

test('prilavok check takes every flag and variable that prilavok market takes', () => {
  const told = (server: 'market' | 'check') => optionsOf(server).map(({ flags, envVar }) => `${flags} ${envVar}`)

  expect(told('check')).toEqual(told('market'))
})
