import type { Command } from 'commander'
import { givenDatabaseUrl } from '../serve/market-command.ts'
import type { ServeFlags } from '../serve/serve.ts'
import { serverCommand } from '../serve/server-command.ts'
import { examples } from '../terminal/command.ts'
import type { Texts } from '../texts/index.ts'

/** `prilavok check` takes what `prilavok market` takes: the flags and variables of a market that shall be started. */
export function checkCommand(texts: Texts): Command {
  return serverCommand('check', texts)
    .addHelpText('after', texts.help.check.exitCodes)
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok check --database-url postgres://market@db/market --public-url https://chats.example.org',
      ),
    )
    .action(async (flags: ServeFlags) => {
      // Help is printed without loading the server.
      const { check } = await import('./check.ts')
      await check({ ...flags, ...givenDatabaseUrl(flags) }, texts)
    })
}
