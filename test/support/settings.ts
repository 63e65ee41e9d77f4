/** Every setting of the servers, read from the code that reads it: the options of the commands, and variables without a flag. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Option } from 'commander'
import { makeProgram } from '../../src/cli/make-program.ts'
import { textsOf } from '../../src/cli/texts/index.ts'

const root = join(import.meta.dirname, '../..')
const servers = ['market', 'desk', 'up'] as const
type Server = (typeof servers)[number]

type Row = { flag: string; variable: string; byDefault: string; meaning: string; commands: Server[] }

const rooms = '{serving,market,desk,database,kit,cli/serve,cli/desk,cli/data,cli/check,cli/texts}'
// Handed on to the programs of PostgreSQL.
const passedOn = ['PATH']

/** The options of a server; `check` takes those of `market`. */
export function optionsOf(server: Server | 'check'): readonly Option[] {
  return commandOf(server).options.filter(({ envVar }) => envVar !== undefined)
}

function commandOf(name: string): Command {
  const found = makeProgram(textsOf('en')).commands.find(command => command.name() === name)
  if (found === undefined) throw new TypeError(`there is no command ${name}`)
  return found
}

/** The variables that servers read past their options, by their names in the sources. */
export function variablesWithoutFlag(): string[] {
  const texts = globSync(`src/${rooms}/**/*.ts`, { cwd: root, exclude: ['**/*.test.ts'] }).map(path =>
    readFileSync(join(root, path), 'utf8'),
  )
  const names = texts.flatMap(text =>
    Array.from(
      text.matchAll(/\benv(?:ironment)?\['([A-Z][A-Z0-9_]*)'\]|'(PRILAVOK_[A-Z_]+)'/g),
      ([, any, ours]) => any ?? ours ?? '',
    ),
  )
  const others = [...passedOn, ...variablesOfFlags()]
  return [...new Set(names)].filter(name => !others.includes(name)).sort()
}

/** All variables that a server may be given. */
export function knownVariables(): string[] {
  return [...new Set([...variablesOfFlags(), ...variablesWithoutFlag()])]
}

function variablesOfFlags(): string[] {
  return servers.flatMap(server => optionsOf(server).flatMap(({ envVar }) => envVar ?? []))
}

/** One row for each option, with the servers that have it. */
function rowsOf(): Row[] {
  const rows: Row[] = []
  for (const server of servers) {
    for (const option of optionsOf(server)) {
      const row = rowOf(option, server)
      const known = rows.find(each => isSame(each, row))
      if (known) known.commands.push(server)
      else rows.push(row)
    }
  }
  return rows
}

function rowOf({ flags, envVar = '', defaultValue, description, argChoices }: Option, server: Server): Row {
  const isTold = typeof defaultValue !== 'boolean' && defaultValue !== undefined
  const choices = argChoices ? `: ${argChoices.join(', ')}` : ''
  return {
    flag: flags,
    variable: envVar,
    byDefault: isTold ? `${defaultValue}` : flags.includes('<') ? '' : 'off',
    meaning: description + choices,
    commands: [server],
  }
}

function isSame(one: Row, other: Row): boolean {
  const keyOf = ({ flag, variable, byDefault, meaning }: Row) => [flag, variable, byDefault, meaning].join('\0')
  return keyOf(one) === keyOf(other)
}

/** The table of docs/operations.md, as Markdown. */
export function settingsTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const code = (text: string) => (text === '' ? '' : `\`${cell(text)}\``)
  const lines = rowsOf().map(
    ({ flag, variable, byDefault, meaning, commands }) =>
      `| ${code(flag)} | ${code(variable)} | ${code(byDefault)} | ${commands.join(', ')} | ${cell(meaning)} |`,
  )
  return ['| flag | variable | default | of | what it is |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}
