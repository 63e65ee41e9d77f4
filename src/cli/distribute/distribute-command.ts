import { type Command, Option } from 'commander'
import { examples, makeCommand } from '../terminal/command.ts'
import type { Texts } from '../texts/index.ts'
import type { DistributeFlags } from './distribute.ts'

/** `prilavok distribute`: from one PostgreSQL to the nodes of a Citus cluster. */
export function distributeCommand(texts: Texts): Command {
  const { help } = texts
  const said = help.distribute
  return makeCommand('distribute', said, texts)
    .addOption(new Option('--database-url <url>', said.databaseUrl).env('PRILAVOK_DATABASE_URL'))
    .option('--plan', said.plan)
    .addHelpText('after', said.after)
    .addHelpText('after', examples(texts, 'prilavok distribute --database-url postgres://market@db/market --plan'))
    .action(async (flags: DistributeFlags) => {
      // Help is printed without loading the rest.
      const { distribute } = await import('./distribute.ts')
      await distribute(flags, texts)
    })
}
