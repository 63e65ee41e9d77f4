import { type Command, Option } from 'commander'
import { type ChatId, serializeJson } from '#contract'
import { connectedCommand } from '../connection/connected-command.ts'
import { type ConnectionFlags, findMarket, requireBusinessId } from '../connection/find-market.ts'
import { examples } from '../terminal/command.ts'
import { parseId, readBy } from '../terminal/parse-values.ts'
import { print, printJson } from '../terminal/print.ts'
import { WrongUsage } from '../terminal/wrong-usage.ts'
import type { Texts } from '../texts/index.ts'
import { type Chat, findChat, openDirectChat, openOrderChat, pathOf, readChat, type TriggerTarget } from './chats.ts'
import { type EventName, eventNames, triggerEvents, type Wishes } from './events.ts'

type TriggerFlags = ConnectionFlags & Wishes & { chat?: ChatId; json?: true }

export function triggerCommand(texts: Texts): Command {
  const { help, trigger, usage } = texts
  const said = help.trigger.options
  const options = [
    new Option('--chat <id>', said.chat).argParser(readBy(parseId, usage.id)),
    new Option('--text <text>', said.text),
    new Option('--file <path>', said.file),
    new Option('--json', said.json),
  ]
  const events = eventNames.map(name => `  ${name.padEnd(18)}${trigger.events[name].summary}`)
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
      ),
    )
    .addHelpText('after', help.connection.after)
    .action((event: string, flags: TriggerFlags) => triggerEvent(event, flags, texts))
}

async function triggerEvent(event: string, flags: TriggerFlags, texts: Texts): Promise<void> {
  const name = eventNames.find(known => known === event)
  if (name === undefined) throw new WrongUsage(texts.trigger.noEvent(serializeJson(event), eventNames.join(', ')))
  if (name === 'chat.direct' && flags.chat !== undefined) throw new WrongUsage(texts.trigger.ownChat)
  const market = await findMarket(flags, texts)
  const target = { admin: market.admin, businessId: await requireBusinessId(market, texts), texts }
  const { chatId, isNew } = await findChatFor(name, target, flags.chat)
  const messageId = await triggerEvents[name].act(sceneOf(target, chatId), flags)
  const chat = await readChat(target, chatId)
  const { type, status } = chat
  const told = { event: name, businessId: target.businessId, chatId, isNewChat: isNew, messageId, type, status }
  if (flags.json) printJson(told)
  else print(describe(name, { chat, isNew, messageId }, texts))
}

function sceneOf(target: TriggerTarget, chatId: ChatId) {
  return { admin: target.admin, path: pathOf(target, chatId), texts: target.texts }
}

async function findChatFor(
  name: EventName,
  target: TriggerTarget,
  given: ChatId | undefined,
): Promise<{ chatId: ChatId; isNew: boolean }> {
  if (given !== undefined) return { chatId: given, isNew: false }
  const { isPossible, before } = triggerEvents[name]
  if (name === 'chat.direct') return { chatId: await openDirectChat(target), isNew: true }
  const found = await findChat(target, isPossible)
  if (found) return { chatId: found.chatId, isNew: false }
  const chatId = await openOrderChat(target)
  if (before) await triggerEvents[before].act(sceneOf(target, chatId), {})
  return { chatId, isNew: true }
}

type Done = { chat: Chat; isNew: boolean; messageId: bigint | undefined }

function describe(name: EventName, { chat, isNew, messageId }: Done, { trigger }: Texts): string {
  const { chatId, context, status } = chat
  const order = context.orderId === undefined ? '' : trigger.order(context.orderId)
  const message = messageId === undefined ? '' : trigger.message(messageId)
  return trigger.done(trigger.events[name].did, trigger.chat(chatId, isNew) + order + message, status)
}
