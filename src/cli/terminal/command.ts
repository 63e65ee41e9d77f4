import { Command, type Option } from 'commander'
import type { Texts } from '../texts/index.ts'

type Purpose = { summary: string; description?: string }

/** A command with its help in the reader's language. */
export function makeCommand(name: string, { summary, description = upperFirst(summary) }: Purpose, { help }: Texts) {
  const inWords = (text: string) => text.replaceAll(/^\w+:$|\[\w+\]/g, words => help.headings[words] ?? words)
  return new Command(name)
    .summary(summary)
    .description(`${description.replace(/\.$/, '')}.`)
    .helpOption('-h, --help', help.options.help)
    .configureHelp({
      optionDescription: describe,
      argumentDescription: ({ description, argChoices }) => description + choicesOf(argChoices),
      styleTitle: inWords,
      styleUsage: inWords,
      styleSubcommandTerm: inWords,
    })
}

/** For the end of a command's help. */
export function examples({ help }: Texts, ...lines: string[]): string {
  return [`\n${help.examples}`, ...lines.map(line => `  ${line}`)].join('\n')
}

/** Commander would name the variable of each flag, and the default of each switch. */
function describe({ description, defaultValue, argChoices }: Option): string {
  const isTold = typeof defaultValue !== 'boolean' && defaultValue !== undefined
  return description + choicesOf(argChoices) + (isTold ? ` (${defaultValue})` : '')
}

function choicesOf(words: readonly string[] | undefined): string {
  return words ? `: ${words.join(', ')}` : ''
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
