import { Command, InvalidArgumentError, Option } from 'commander'
import { parallelRequestsDefault } from '#contract'
import { type LogLevel, logLevels } from '#kit'

export const dataDefault = '.prilavok'

/** What `up` and `market` are told. */
export type Flags = {
  host: string
  port: number
  data: string
  databaseUrl?: string
  publicUrl?: string
  demo?: true
  json?: true
  parallelLimit: number
  rateLimits: boolean
  allowPrivateWebhooks?: true
  lab?: true
  seed: number
  logLevel: LogLevel
}

/** A command with the flags of a market server; each flag has its PRILAVOK_… variable. */
export function serverCommand(name: string): Command {
  const command = new Command(name)
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ optionDescription: describe })
    .addHelpText('after', '\nEach flag has a variable: --database-url is PRILAVOK_DATABASE_URL (or DATABASE_URL).')
  for (const option of options()) command.addOption(option)
  return command
}

/** Commander would name the variable of each flag, and the default of each switch. */
export function describe({ description, defaultValue, argChoices }: Option): string {
  const choices = argChoices ? `: ${argChoices.join(', ')}` : ''
  return (
    description +
    choices +
    (typeof defaultValue === 'boolean' || defaultValue === undefined ? '' : ` (${defaultValue})`)
  )
}

function options(): Option[] {
  return [
    new Option('--host <address>', 'address to listen on').default('127.0.0.1'),
    new Option('--port <number>', 'port to listen on; 0 takes a free one').default(8080).argParser(wholeNumber(65_535)),
    new Option('--data <folder>', 'where the secret, the files and the private PostgreSQL live').default(dataDefault),
    new Option('--database-url <url>', 'a PostgreSQL 15 or newer to use instead of the private one'),
    new Option('--public-url <url>', 'how this server is addressed from outside, for links to files').argParser(
      publicUrl,
    ),
    new Option('--demo', 'make a demo cabinet if there is none (up always does)'),
    new Option('--json', 'print one JSON object when ready, and nothing else, to standard output'),
    new Option('--parallel-limit <number>', 'requests under way at once for each cabinet; 0 lifts the limit')
      .default(parallelRequestsDefault)
      .argParser(wholeNumber(10_000)),
    new Option('--no-rate-limits', 'lift the hourly and the parallel limits; their headers stay'),
    new Option(
      '--allow-private-webhooks',
      'notify private and local addresses too, on any port, without TLS (up does)',
    ),
    new Option('--lab', 'simulated buyers, faults, a clock that can be moved, snapshots (up has them)'),
    new Option('--seed <number>', 'what chance in the lab comes from: the same seed, the same buyers')
      .default(1)
      .argParser(wholeNumber(2 ** 31 - 1)),
    new Option('--log-level <level>', 'what to log, as JSON lines on standard error')
      .choices(logLevels)
      .default('warn'),
  ].map(option => option.env(variableOf(option)))
}

function variableOf(option: Option): string {
  return `PRILAVOK_${option.long?.replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`
}

export function wholeNumber(most: number) {
  return (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value > most)
      throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`)
    return value
  }
}

function publicUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new InvalidArgumentError('It must begin with http:// or https://.')
  return text.replace(/\/+$/, '')
}

/** `PRILAVOK_DEMO=0` says no, as people expect; commander takes any value for yes. */
export function forgetEmptyVariables(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('PRILAVOK_') && /^(|0|no|off|false)$/i.test(value ?? '') && !/_(PORT|LIMIT|SEED)$/.test(name))
      delete environment[name]
  }
  if (environment['DATABASE_URL'] && !environment['PRILAVOK_DATABASE_URL']) {
    environment['PRILAVOK_DATABASE_URL'] = environment['DATABASE_URL']
  }
}
