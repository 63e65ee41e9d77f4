import { type Command, Option } from 'commander'
import { chatNotificationTypes } from '#contract'
import { connect } from '../connection/connected-command.ts'
import { examples, makeCommand } from '../terminal/command.ts'
import { parseId, parseWholeNumber, readBy } from '../terminal/parse-values.ts'
import type { Texts } from '../texts/index.ts'
import { deliveryStates } from './read-deliveries.ts'

const maxLimit = 200

/** `prilavok events`: what the market tells programs, and sending it once more. Its help is printed without loading the rest. */
export function eventsCommand(texts: Texts): Command {
  return makeCommand('events', texts.help.events, texts)
    .helpCommand(false)
    .addCommand(list(texts))
    .addCommand(show(texts))
    .addCommand(resend(texts))
}

function list(texts: Texts): Command {
  const { help, usage } = texts
  const said = help.eventsList.options
  const states = deliveryStates.map(state => state.toLowerCase())
  const types = chatNotificationTypes.map(type => type.toLowerCase())
  const options = [
    new Option('--state <state>', said.state)
      .choices(states)
      .argParser(readBy(oneOf(deliveryStates), usage.oneOf(states.join(', ')))),
    new Option('--type <type>', said.type)
      .choices(types)
      .argParser(readBy(oneOf(chatNotificationTypes), usage.oneOf(types.join(', ')))),
    new Option('--chat <id>', said.chat).argParser(readBy(parseId, usage.id)),
    new Option('--limit <number>', said.limit)
      .default(20)
      .argParser(readBy(parseWholeNumber(maxLimit), usage.wholeNumber(maxLimit))),
    new Option('--json', help.options.json),
  ]
  return connect(makeCommand('list', help.eventsList, texts), options, texts)
    .addHelpText('after', examples(texts, 'prilavok events list', 'prilavok events list --state waiting --chat 33'))
    .action(async flags => (await import('./events.ts')).listEvents(flags, texts))
}

function show(texts: Texts): Command {
  const { help } = texts
  return connect(makeCommand('show', help.eventsShow, texts), [new Option('--json', help.options.json)], texts)
    .argument('<event>', help.eventsShow.event)
    .action(async (event, flags) => (await import('./events.ts')).showEvent(event, flags, texts))
}

function resend(texts: Texts): Command {
  const { help } = texts
  return connect(makeCommand('resend', help.eventsResend, texts), [new Option('--json', help.options.json)], texts)
    .argument('<event...>', help.eventsResend.event)
    .action(async (events, flags) => (await import('./events.ts')).resendEvents(events, flags, texts))
}

function oneOf<Word extends string>(words: readonly Word[]) {
  return (text: string): Word | undefined => words.find(word => word === text.toUpperCase())
}
