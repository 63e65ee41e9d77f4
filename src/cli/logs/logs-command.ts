import { type Command, Option } from 'commander'
import { keysOf, operations } from '#contract'
import { connect } from '../connection/connected-command.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'

const maxLast = 200

/** `prilavok logs tail`: what programs ask the market, as they ask it. Its help is printed without loading the rest. */
export function logsCommand(texts: Texts): Command {
  const { help } = texts
  return makeCommand('logs', help.logs, texts).helpCommand(false).addCommand(tail(texts))
}

function tail(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.logsTail.options
  const names = keysOf(operations)
  const operation = readBy(text => names.find(name => name === text), usage.oneOf(names.join(', ')))
  const options = [
    new Option('--status <status>', said.status).argParser(readBy(parseStatus, usage.status)),
    new Option('--operation <name>', said.operation).choices(names).argParser(operation),
    new Option('--text <text>', said.text),
    new Option('--last <number>', said.last)
      .default(10)
      .argParser(readBy(parseWholeNumber(maxLast), usage.wholeNumber(maxLast))),
    new Option('--no-follow', said.noFollow),
    new Option('--json', help.options.json),
  ]
  return connect(makeCommand('tail', help.logsTail, texts), options, texts)
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok logs tail',
        'prilavok logs tail --status 4xx',
        'prilavok logs tail --operation sendMessageToChat --last 50 --no-follow --json',
      ),
    )
    .addHelpText('after', help.connection.after)
    .action(async flags => (await import('./tail.ts')).tailLogs(flags, texts))
}

function parseStatus(text: string): string | undefined {
  return /^[1-5](\d\d|xx)$/i.test(text) ? text.toLowerCase() : undefined
}
