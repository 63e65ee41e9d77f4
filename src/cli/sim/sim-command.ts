import { type Command, Option } from 'commander'
import { operations } from '#contract'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import type { SimFlags } from './sim-exec.ts'

const maxSeed = 2 ** 31 - 1

export function simCommand(texts: Texts): Command {
  const { help } = texts
  return makeCommand('sim', help.sim, texts)
    .helpCommand(false)
    .enablePositionalOptions()
    .addCommand(execCommand(texts))
    .addHelpText('after', help.sim.after)
}

function execCommand(texts: Texts): Command {
  const { help, usage, coverage } = texts
  const said = help.simExec
  const seed = readBy(parseWholeNumber(maxSeed), usage.wholeNumber(maxSeed))
  const percent = readBy(parseWholeNumber(100), usage.wholeNumber(100))
  return makeCommand('exec', said, texts)
    .argument('<command...>', said.command)
    .addOption(new Option('--database-url <url>', said.options.databaseUrl))
    .addOption(new Option('--no-rate-limits', help.server.options.noRateLimits))
    .addOption(new Option('--seed <number>', said.options.seed).default(1).argParser(seed))
    .addOption(new Option('--verbose', said.options.verbose))
    .addOption(new Option('--coverage', coverage.options.coverage))
    .addOption(new Option('--coverage-file <path>', coverage.options.coverageFile))
    .addOption(new Option('--coverage-min <percent>', coverage.options.coverageMin).argParser(percent))
    .passThroughOptions()
    .addHelpText('after', said.environment)
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok sim exec -- npm test',
        'prilavok sim exec --coverage -- npm test',
        `prilavok sim exec -- sh -c 'curl -s -H "Api-Key: $PRILAVOK_API_KEY" "$PRILAVOK_URL${operations.getCampaigns.path}"'`,
      ),
    )
    .addHelpText('after', said.exitCodes)
    .action(async (command: string[], flags: SimFlags) => {
      // Help is printed without loading the server.
      const { simExec } = await import('./sim-exec.ts')
      process.exitCode = await simExec(command, flags, texts)
    })
}
