import { type Command, Option } from 'commander'
import { makeCommand } from '../terminal/command.ts'
import { parseBaseUrl, parseId, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import { dataFolderDefault } from './running-file.ts'

type Named = 'listen' | 'trigger' | 'fixtures'

/** A command with its own flags, and those that say where the market is and which business is meant. */
export function connectedCommand(name: Named, own: readonly Option[], texts: Texts): Command {
  return connect(makeCommand(name, texts.help[name], texts), own, texts)
}

/** The same for a command of another command. */
export function connect(command: Command, own: readonly Option[], texts: Texts): Command {
  for (const option of [...own, businessOption(texts), ...connectionOptions(texts)]) command.addOption(option)
  return command
}

function businessOption({ usage, help }: Texts): Option {
  const option = new Option('--business <id>', help.connection.options.business)
  return option.env('PRILAVOK_BUSINESS_ID').argParser(readBy(parseId, usage.id))
}

/** Where the market is. */
export function connectionOptions({ usage, help }: Texts): Option[] {
  const said = help.connection.options
  return [
    new Option('--url <url>', said.url).env('PRILAVOK_URL').argParser(readBy(parseBaseUrl, usage.url)),
    new Option('--admin-token <token>', said.adminToken).env('PRILAVOK_ADMIN_TOKEN'),
    new Option('--data <folder>', said.data).env('PRILAVOK_DATA').default(dataFolderDefault),
  ]
}
