import { type Command, Option } from 'commander'
import { connectionOptions } from '../connection/connected-command.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseUrl, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'

const yandex = 'https://api.partner.market.yandex.ru'
const maxPort = 65_535

/** `prilavok record`. Its help is printed without loading the rest. */
export function recordCommand(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.record
  const port = readBy(parseWholeNumber(maxPort), usage.wholeNumber(maxPort))
  return makeCommand('record', said, texts)
    .requiredOption('--to <file>', said.options.to)
    .addOption(
      new Option('--target <url>', said.options.target)
        .default(new URL(yandex), yandex)
        .argParser(readBy(parseUrl, usage.url)),
    )
    .addOption(new Option('--port <number>', said.options.port).default(8090).argParser(port))
    .addHelpText('after', examples(texts, 'prilavok record --to monday.jsonl'))
    .addHelpText('after', said.after)
    .action(async flags => (await import('./recorder/record.ts')).record(flags, texts))
}

export function replayCommand(texts: Texts): Command {
  const said = texts.help.replay
  const command = makeCommand('replay', said, texts)
    .argument('<file>', said.file)
    .option('--fast', said.options.fast)
    .option('--faults', said.options.faults)
    .option('--at-once', said.options.atOnce)
    .addHelpText('after', examples(texts, 'prilavok replay monday.jsonl --fast'))
    .addHelpText('after', said.after)
  for (const option of connectionOptions(texts)) command.addOption(option)
  return command.action(async (file, flags) => (await import('./replay/replay.ts')).replay(file, flags, texts))
}
