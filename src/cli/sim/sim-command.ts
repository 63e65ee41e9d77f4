import { Command, Option } from 'commander'
import { operations } from '#contract'
import { describe, wholeNumber } from '../terminal/flags.ts'

/** What `sim exec` is told. Its flags have no variables: those of a CI are meant for other programs. */
export type SimFlags = { databaseUrl?: string; rateLimits: boolean; seed: number; verbose?: true }

const execCommand = new Command('exec')
  .summary('run a command beside an empty market, and pass on its exit code')
  .description(
    'Starts an empty market on a free port, runs the command, stops the market and passes on the exit code. For tests in a CI.',
  )
  .helpOption('-h, --help', 'print this help')
  .configureHelp({ optionDescription: describe })
  .argument('<command...>', 'the program and its arguments, after --')
  .addOption(new Option('--database-url <url>', 'an empty PostgreSQL database to use; what is made there stays'))
  .addOption(new Option('--no-rate-limits', 'lift the hourly and the parallel limits; their headers stay'))
  .addOption(
    new Option('--seed <number>', 'what chance in the lab comes from').default(1).argParser(wholeNumber(2 ** 31 - 1)),
  )
  .addOption(new Option('--verbose', 'tell on standard error what happens'))
  .passThroughOptions()
  .addHelpText(
    'after',
    `
The command finds in its environment:
  PRILAVOK_URL          where the market is: the published API without its /v2
  PRILAVOK_API_KEY      a key of the cabinet that opens all methods
  PRILAVOK_BUSINESS_ID  the cabinet          PRILAVOK_CAMPAIGN_ID  its shop
  PRILAVOK_ORDER_ID     an order in it       PRILAVOK_CUSTOMER_ID  who ordered (their publicId)
  PRILAVOK_ADMIN_TOKEN  everything else: /admin/v1, /lab/v1; "prilavok trigger" and "listen" use it

Examples:
  prilavok sim exec -- npm test
  prilavok sim exec -- sh -c 'curl -s -H "Api-Key: $PRILAVOK_API_KEY" "$PRILAVOK_URL${operations.getCampaigns.path}"'

Exit codes: that of the command; 128 + n if a signal ended it, 126 and 127 if it cannot be run or is not there.`,
  )
  .action(async (command: string[], flags: SimFlags) => {
    // Help is printed without loading the server.
    const { simExec } = await import('./sim-exec.ts')
    process.exitCode = await simExec(command, flags)
  })

export const simCommand = new Command('sim')
  .summary("a market that lasts as long as a command: for other programs' tests")
  .description("A market that lasts as long as a command: for other programs' tests.")
  .helpOption('-h, --help', 'print this help')
  .helpCommand(false)
  .enablePositionalOptions()
  .addCommand(execCommand)
  .addHelpText('after', '\nBegin with: prilavok sim exec -- npm test')
