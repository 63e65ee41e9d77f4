import { type Command, Option } from 'commander'
import { connectionOptions } from '../connection/connected-command.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseId, readBy } from '../terminal/parse-values.ts'
import { print } from '../terminal/print.ts'
import type { Texts } from '../texts/index.ts'

/** `prilavok state`. Its help is printed without loading the market's room. */
export function stateCommand(texts: Texts): Command {
  return makeCommand('state', texts.help.state, texts)
    .helpCommand(false)
    .addCommand(putting('seed', texts))
    .addCommand(putting('import', texts))
    .addCommand(exporting(texts))
    .addCommand(printingSchema(texts))
    .addHelpText(
      'after',
      examples(texts, 'prilavok state seed shop.yaml', 'prilavok state export now.yaml --business 1'),
    )
    .addHelpText('after', texts.help.state.after)
}

function putting(name: 'seed' | 'import', texts: Texts): Command {
  const said = texts.help.state
  const command = makeCommand(name, said[name], texts)
    .argument('<file>', said.file)
    .option('--json', texts.help.options.json)
  return withConnection(command, texts).action(async (file, flags) =>
    (await import('./put-file.ts')).putFile(file, { ...flags, isOnce: name === 'seed' }, texts),
  )
}

function exporting(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.state
  const command = makeCommand('export', said.export, texts)
    .argument('<file>', said.file)
    .addOption(new Option('--business <id>', said.options.business).argParser(readBy(parseId, usage.id)))
    .option('--force', said.options.force)
  return withConnection(command, texts).action(async (file, flags) =>
    (await import('./export-file.ts')).exportFile(file, flags, texts),
  )
}

function printingSchema(texts: Texts): Command {
  return makeCommand('schema', texts.help.state.schema, texts)
    .addHelpText('after', examples(texts, 'prilavok state schema > state.schema.json'))
    .action(async () => {
      const { stateJsonSchema } = await import('#market')
      print(JSON.stringify(stateJsonSchema(), null, 2))
    })
}

function withConnection(command: Command, texts: Texts): Command {
  for (const option of connectionOptions(texts)) command.addOption(option)
  return command
}
