import { styleText } from 'node:util'
import { jsonLine } from './json-line.ts'

type Style = Parameters<typeof styleText>[0]

/** Colour where standard output shows it: not when piped, not with NO_COLOR, always with FORCE_COLOR. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** For programs. */
export function printJson(value: object): void {
  print(jsonLine(value))
}

/** For people alone: never mixed into what a program reads. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Columns of the terminal that standard output is; undefined if it is none. */
export function outputWidth(): number | undefined {
  // Some terminals say 0: they do not know.
  return process.stdout.isTTY ? process.stdout.columns || undefined : undefined
}
