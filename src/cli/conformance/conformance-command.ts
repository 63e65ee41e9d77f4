import { type Command, Option } from 'commander'
import { keysOf, operations } from '#contract'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseBaseUrl, parseId, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import type { ConformanceFlags } from './conform.ts'

const maxParallel = 4

export function conformanceCommand(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.conformance.options
  const id = (flags: string, description: string) => new Option(flags, description).argParser(readBy(parseId, usage.id))
  const names = keysOf(operations)
  const parallel = readBy(parseParallel, usage.oneOf('1, 2, 3, 4'))
  return makeCommand('conformance', help.conformance, texts)
    .addOption(
      new Option('--url <url>', said.url)
        .env('PRILAVOK_URL')
        .argParser(readBy(parseBaseUrl, usage.url))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--api-key <key>', said.apiKey).env('PRILAVOK_API_KEY').makeOptionMandatory())
    .addOption(id('--business <id>', help.options.business).env('PRILAVOK_BUSINESS_ID'))
    .addOption(id('--campaign <id>', said.campaign))
    .addOption(id('--chat <id>', said.chat))
    .addOption(new Option('--extra-key <key>', said.extraKey).env('PRILAVOK_EXTRA_KEYS').argParser(addKeys))
    .option('--read-only', said.readOnly)
    .addOption(id('--write-to-chat <id>', said.writeToChat))
    .addOption(id('--order <id>', said.order))
    .addOption(id('--finished-chat <id>', said.finishedChat))
    .option('--real-customer', said.realCustomer)
    .addOption(
      new Option('--operation <name>', said.operation).argParser((text: string, before: string[] = []): string[] => [
        ...before,
        readBy(word => names.find(name => name === word), usage.oneOf(names.join(', ')))(text),
      ]),
    )
    .addOption(new Option('--parallel <number>', said.parallel).default(2).argParser(parallel))
    .option('--plan', said.plan)
    .option('--verbose', said.verbose)
    .option('--json', said.json)
    .addHelpText('after', help.conformance.after)
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok conformance --url http://127.0.0.1:8080 --api-key "$KEY"',
        'prilavok conformance --url https://api.partner.market.yandex.ru --read-only --plan --api-key "$KEY"',
      ),
    )
    .action(async (flags: ConformanceFlags) => (await import('./conform.ts')).conform(flags))
}

function parseParallel(text: string): number | undefined {
  const parallel = parseWholeNumber(maxParallel)(text)
  return parallel === 0 ? undefined : parallel
}

/** Several keys may come with commas between, as in a variable. */
function addKeys(text: string, before: string[] = []): string[] {
  return [...before, ...text.split(/[\s,]+/).filter(key => key !== '')]
}
