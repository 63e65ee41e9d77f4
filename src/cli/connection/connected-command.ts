import { type Command, Option } from 'commander'
import { makeCommand } from '../terminal/command.ts'
import { parseBaseUrl, parseId, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import { dataFolderDefault } from './running-file.ts'

/** A command with its own flags, and those that say where the market is. */
export function connectedCommand(name: 'listen' | 'trigger', own: readonly Option[], texts: Texts): Command {
  const command = makeCommand(name, texts.help[name], texts)
  for (const option of [...own, ...options(texts)]) command.addOption(option)
  return command
}

function options({ usage, help }: Texts): Option[] {
  const said = help.connection.options
  return [
    new Option('--business <id>', said.business).env('PRILAVOK_BUSINESS_ID').argParser(readBy(parseId, usage.id)),
    new Option('--url <url>', said.url).env('PRILAVOK_URL').argParser(readBy(parseBaseUrl, usage.url)),
    new Option('--admin-token <token>', said.adminToken).env('PRILAVOK_ADMIN_TOKEN'),
    new Option('--data <folder>', said.data).env('PRILAVOK_DATA').default(dataFolderDefault),
  ]
}
