import type { Command, Option } from 'commander'
import { eventNames } from '../trigger/events.ts'

export type Word = { word: string; about: string }
/** A flag; `values` are those that it may have, `isFile` whether it names one, `takesValue` whether it has any. */
export type Flag = Word & { values: readonly string[]; isFile: boolean; takesValue: boolean }
/** A place in a line: what can follow the words of `path`. */
export type Spot = { path: string; words: Word[]; flags: Flag[] }

/** Arguments that have a fixed list of words, and do not say so to commander. */
const argumentsOf: Record<string, readonly string[]> = { 'prilavok trigger': eventNames }

/** Every command with what can follow it, outer before inner. */
export function readTree(command: Command, path = command.name()): Spot[] {
  const inner = command.commands.map(each => ({ word: each.name(), about: each.summary() }))
  const listed = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices)
  const values = [...listed, ...(argumentsOf[path] ?? [])].map(word => ({ word, about: '' }))
  const spot = { path, words: [...inner, ...values], flags: command.options.flatMap(readFlag) }
  return [spot, ...command.commands.flatMap(each => readTree(each, `${path} ${each.name()}`))]
}

function readFlag({ long, description, argChoices, required, optional, flags }: Option): Flag[] {
  if (!long) return []
  const takesValue = required || optional
  const isFile = takesValue && /<(folder|path|file)>/.test(flags)
  return [{ word: long, about: description, values: argChoices ?? [], isFile, takesValue }]
}
