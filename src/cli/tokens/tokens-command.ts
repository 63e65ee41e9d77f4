import { type Command, Option } from 'commander'
import { connectionOptions } from '../connection/connected-command.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseId, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'

/** `prilavok tokens`: lists, unless told to revoke. Its help is printed without loading the rest. */
export function tokensCommand(texts: Texts): Command {
  return makeCommand('tokens', texts.help.tokens, texts)
    .helpCommand(false)
    .addCommand(list(texts), { isDefault: true })
    .addCommand(revoke(texts))
}

function list(texts: Texts): Command {
  const { help } = texts
  const command = makeCommand('list', { summary: help.tokens.list }, texts).option('--json', help.options.json)
  return withConnection(command, texts).action(async flags =>
    (await import('./list-tokens.ts')).listTokens(flags, texts),
  )
}

function revoke(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.tokens.options
  const command = makeCommand('revoke', help.tokens.revoke, texts)
    .option('--admin', said.admin)
    .option('--sessions', said.sessions)
    .option('--buyer <id>', said.buyer)
    .option('--all-buyers', said.allBuyers)
    // Without a variable: one that is set for other commands must not revoke anything.
    .addOption(new Option('--business <id>', said.business).argParser(readBy(parseId, usage.id)))
    .option('--all-businesses', said.allBusinesses)
    .option('--json', help.options.json)
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok tokens revoke --admin',
        'prilavok tokens revoke --buyer customer-17',
        'prilavok tokens revoke --business 7 --sessions',
      ),
    )
    .addHelpText('after', help.tokens.after)
  return withConnection(command, texts).action(async flags =>
    (await import('./revoke-tokens.ts')).revokeTokens(flags, texts),
  )
}

function withConnection(command: Command, texts: Texts): Command {
  for (const option of connectionOptions(texts)) command.addOption(option)
  return command
}
