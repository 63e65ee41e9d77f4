import { type Command, Option } from 'commander'
import { logLevels } from '#kit'
import { dataFolderDefault } from '../connection/running-file.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseBaseUrl, parseNetworks, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import type { LinkFlags } from './print-owner-link.ts'
import type { RotateFlags } from './rotate-desk-secret.ts'
import type { DeskFlags } from './serve-desk.ts'

/** `prilavok desk`: runs the desk; `desk rotate-secret` seals its keys anew, `desk link` lets its owner in. */
export function deskCommand(texts: Texts): Command {
  const { help } = texts
  const command = makeCommand('desk', help.desk, texts).helpCommand(false)
  for (const option of options(texts)) command.addOption(option)
  return command
    .addCommand(rotate(texts))
    .addCommand(link(texts))
    .addHelpText('after', help.desk.after)
    .addHelpText('after', examples(texts, ...exampleLines))
    .action(async (flags: DeskFlags) => {
      // Help is printed without loading the server.
      const { serveDesk } = await import('./serve-desk.ts')
      await serveDesk(flags, texts)
    })
}

const exampleLines = [
  'prilavok desk',
  'prilavok desk --database-url postgres://desk@db/desk --host 0.0.0.0 --public-url https://desk.example.org',
]

function rotate(texts: Texts): Command {
  const said = texts.help.desk
  const command = makeCommand('rotate-secret', said.rotate, texts)
  for (const option of [dataOption(texts), databaseOption(texts)]) command.addOption(option)
  return command.action(async (own: RotateFlags, { parent }: Command) => {
    const { rotateDeskSecret } = await import('./rotate-desk-secret.ts')
    // The flags of the same names belong to the command above, wherever they stand.
    await rotateDeskSecret(parent?.opts<RotateFlags>() ?? own, texts)
  })
}

function link(texts: Texts): Command {
  const command = makeCommand('link', texts.help.desk.link, texts)
  for (const option of [dataOption(texts), databaseOption(texts), publicUrlOption(texts)]) command.addOption(option)
  return command.option('--json', texts.help.options.json).action(async (_own: LinkFlags, { parent }: Command) => {
    const { printOwnerLink } = await import('./print-owner-link.ts')
    // As above; the port is only the desk's.
    if (parent) await printOwnerLink(parent.opts<LinkFlags>(), texts)
  })
}

const dataOption = ({ help }: Texts) =>
  new Option('--data <folder>', help.desk.options.data).default(dataFolderDefault).env('PRILAVOK_DATA')
const databaseOption = ({ help }: Texts) =>
  new Option('--database-url <url>', help.server.options.databaseUrl).env('PRILAVOK_DATABASE_URL')

const publicUrlOption = ({ usage, help }: Texts) =>
  new Option('--public-url <url>', help.desk.options.publicUrl)
    .argParser(readBy(parseBaseUrl, usage.url))
    .env('PRILAVOK_PUBLIC_URL')

function options(texts: Texts): Option[] {
  const { usage, help } = texts
  const said = help.server.options
  const port = readBy(parseWholeNumber(65_535), usage.wholeNumber(65_535))
  return [
    new Option('--host <address>', said.host).default('127.0.0.1').env('PRILAVOK_HOST'),
    new Option('--port <number>', said.port).default(8081).argParser(port).env('PRILAVOK_DESK_PORT'),
    dataOption(texts),
    databaseOption(texts),
    publicUrlOption(texts),
    new Option('--proxy <addresses>', help.desk.options.proxy)
      .argParser(readBy(parseNetworks, usage.networks))
      .env('PRILAVOK_PROXY'),
    new Option('--json', said.json).env('PRILAVOK_JSON'),
    new Option('--quiet', help.desk.options.quiet).env('PRILAVOK_QUIET'),
    new Option('--log-level <level>', said.logLevel).choices(logLevels).default('warn').env('PRILAVOK_LOG_LEVEL'),
  ]
}
