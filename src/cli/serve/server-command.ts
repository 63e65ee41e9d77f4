import { type Command, Option } from 'commander'
import { parallelRequestsDefault } from '#contract'
import { logLevels } from '#kit'
import { dataFolderDefault } from '../connection/running-file.ts'
import { makeCommand } from '../terminal/command.ts'
import { parseBaseUrl, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'

const maxSeed = 2 ** 31 - 1

/** A command with the flags of a market server; each flag has its PRILAVOK_… variable. */
export function serverCommand(name: 'up' | 'market' | 'check', texts: Texts): Command {
  const command = makeCommand(name, texts.help[name], texts).addHelpText('after', texts.help[name].variables)
  for (const option of [
    ...options(texts, name === 'check' ? texts.help.options.json : texts.help.server.options.json),
    ...(name === 'up' ? upOptions(texts) : marketOptions(texts)),
  ])
    command.addOption(option.env(variableOf(option)))
  return command
}

function options({ usage, help }: Texts, json: string): Option[] {
  const said = help.server.options
  const wholeNumber = (max: number) => readBy(parseWholeNumber(max), usage.wholeNumber(max))
  return [
    new Option('--host <address>', said.host).default('127.0.0.1'),
    new Option('--port <number>', said.port).default(8080).argParser(wholeNumber(65_535)),
    new Option('--data <folder>', said.data).default(dataFolderDefault),
    new Option('--database-url <url>', said.databaseUrl),
    new Option('--public-url <url>', said.publicUrl).argParser(readBy(parseBaseUrl, usage.url)),
    new Option('--demo', said.demo),
    new Option('--json', json),
    new Option('--parallel-limit <number>', said.parallelLimit)
      .default(parallelRequestsDefault)
      .argParser(wholeNumber(10_000)),
    new Option('--no-rate-limits', said.noRateLimits),
    new Option('--allow-private-webhooks', said.allowPrivateWebhooks),
    new Option('--lab', said.lab),
    new Option('--seed <number>', said.seed).default(1).argParser(wholeNumber(maxSeed)),
    new Option('--log-level <level>', said.logLevel).choices(logLevels).default('warn'),
  ]
}

/** For a market that others reach. */
function marketOptions({ usage, help }: Texts): Option[] {
  const wholeNumber = (max: number) => readBy(parseWholeNumber(max), usage.wholeNumber(max))
  return [
    new Option('--files <s3-url>', help.market.files),
    new Option('--metrics-port <number>', help.market.metricsPort).argParser(wholeNumber(65_535)),
    new Option('--listen-database-url <url>', help.market.listenDatabaseUrl),
    new Option('--lame-duck <seconds>', help.market.lameDuck).argParser(wholeNumber(600)),
    new Option('--quiet', help.market.quiet),
  ]
}

/** For the desk beside it. */
function upOptions({ usage, help }: Texts): Option[] {
  const port = readBy(parseWholeNumber(65_535), usage.wholeNumber(65_535))
  return [
    new Option('--desk-port <number>', help.desk.options.deskPort).argParser(port),
    new Option('--no-desk', help.desk.options.noDesk),
  ]
}

function variableOf(option: Option): string {
  return `PRILAVOK_${option.long?.replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`
}
