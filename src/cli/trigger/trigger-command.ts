import { type Command, Option } from 'commander'
import { serializeJson } from '#contract'
import { connectedCommand } from '../connection/connected-command.ts'
import { type ConnectionFlags, findMarket, requireBusinessId } from '../connection/find-market.ts'
import { examples } from '../terminal/command.ts'
import { parseId, readBy } from '../terminal/parse-values.ts'
import { print, printJson } from '../terminal/print.ts'
import { WrongUsage } from '../terminal/wrong-usage.ts'
import type { Texts } from '../texts/index.ts'
import { eventNames } from './events.ts'
import { readOverride } from './overrides.ts'
import { checkWishes, describe, type TriggerWishes, trigger, viewOf } from './trigger.ts'

type TriggerFlags = ConnectionFlags & TriggerWishes & { json?: true }

export function triggerCommand(texts: Texts): Command {
  const { help, trigger: words, usage } = texts
  const said = help.trigger.options
  const options = [
    new Option('--chat <id>', said.chat).argParser(readBy(parseId, usage.id)),
    new Option('--text <text>', said.text),
    new Option('--file <path>', said.file),
    new Option('--override <path=value>', said.override).argParser(readOverride(texts)),
    new Option('--json', said.json),
  ]
  const events = eventNames.map(name => `  ${name.padEnd(18)}${words.events[name].summary}`)
  return connectedCommand('trigger', options, texts)
    .argument('<event>', help.trigger.event)
    .addHelpText('after', [help.trigger.events, ...events].join('\n'))
    .addHelpText(
      'after',
      examples(
        texts,
        'prilavok trigger message.customer',
        `prilavok trigger message.customer --chat 33 --text ${help.trigger.ownWords}`,
        'prilavok trigger dispute.started --json',
        `prilavok trigger message.customer --override customer.name=${help.trigger.ownName} --override order.notes=x`,
      ),
    )
    .addHelpText('after', help.connection.after)
    .action((event: string, flags: TriggerFlags) => triggerEvent(event, flags, texts))
}

async function triggerEvent(event: string, { json, ...flags }: TriggerFlags, texts: Texts): Promise<void> {
  const name = eventNames.find(known => known === event)
  if (name === undefined) throw new WrongUsage(texts.trigger.noEvent(serializeJson(event), eventNames.join(', ')))
  checkWishes(name, flags, texts)
  const market = await findMarket(flags, texts)
  const target = { admin: market.admin, businessId: await requireBusinessId(market, texts), texts }
  const triggered = await trigger(target, name, flags)
  if (json) printJson(viewOf(target, triggered))
  else print(describe(triggered, texts))
}
