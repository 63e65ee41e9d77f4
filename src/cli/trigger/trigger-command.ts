import { Option } from 'commander'
import { type ChatId, serializeJson } from '#contract'
import {
  type ConnectionFlags,
  connect,
  connectedCommand,
  findMarket,
  id,
  requireBusinessId,
  whereIsIt,
} from '../connection/find-market.ts'
import { WrongUsage } from '../terminal/wrong-usage.ts'
import { type Cabinet, type Chat, findChat, openDirectChat, openOrderChat, pathOf, readChat } from './chats.ts'
import { type EventName, eventNames, triggerEvents, type Wishes } from './events.ts'

type TriggerFlags = ConnectionFlags & Wishes & { chat?: ChatId; json?: true }

const options = [
  new Option(
    '--chat <id>',
    'in this chat; else in the newest one where it is possible, or in one made for it',
  ).argParser(id),
  new Option('--text <text>', 'what is written'),
  new Option('--file <path>', 'what is sent by file.customer'),
  new Option('--json', 'print one JSON object instead of a sentence'),
]

const eventList = eventNames.map(name => `  ${name.padEnd(18)}${triggerEvents[name].summary}`).join('\n')

export const triggerCommand = connectedCommand('trigger', options)
  .summary('make something happen in a chat: a message, a sticker, a dispute')
  .description('Makes something really happen in a chat, as if the buyer, the arbiter or the marketplace had done it.')
  .argument('<event>', 'one of those below')
  .addHelpText(
    'after',
    `
Events:
${eventList}

Examples:
  prilavok trigger message.customer
  prilavok trigger message.customer --chat 33 --text 'Where is my order?'
  prilavok trigger dispute.started --json
${whereIsIt}`,
  )
  .action(async (event: string, flags: TriggerFlags) => {
    const name = eventNames.find(known => known === event)
    if (name === undefined)
      throw new WrongUsage(`There is no event ${serializeJson(event)}, but ${eventNames.join(', ')}.`)
    if (name === 'chat.direct' && flags.chat !== undefined)
      throw new WrongUsage('chat.direct opens a new chat: leave --chat out, or use message.customer.')
    await trigger(name, flags)
  })

async function trigger(name: EventName, flags: TriggerFlags): Promise<void> {
  const place = await findMarket(flags)
  const admin = connect(place)
  const cabinet = { admin, businessId: await requireBusinessId(place, admin) }
  const { chatId, isNew } = await findPlaceFor(name, cabinet, flags.chat)
  const messageId = await triggerEvents[name].act(admin, pathOf(cabinet, chatId), flags)
  const chat = await readChat(cabinet, chatId)
  const { type, status } = chat
  const told = { event: name, businessId: cabinet.businessId, chatId, isNewChat: isNew, messageId, type, status }
  process.stdout.write(`${flags.json ? serializeJson(told) : describe(name, { chat, isNew, messageId })}\n`)
}

async function findPlaceFor(
  name: EventName,
  cabinet: Cabinet,
  given: ChatId | undefined,
): Promise<{ chatId: ChatId; isNew: boolean }> {
  if (given !== undefined) return { chatId: given, isNew: false }
  const { isPossible, before } = triggerEvents[name]
  if (name === 'chat.direct') return { chatId: await openDirectChat(cabinet), isNew: true }
  const found = await findChat(cabinet, isPossible)
  if (found) return { chatId: found.chatId, isNew: false }
  const chatId = await openOrderChat(cabinet)
  if (before) await triggerEvents[before].act(cabinet.admin, pathOf(cabinet, chatId), {})
  return { chatId, isNew: true }
}

function describe(
  name: EventName,
  { chat, isNew, messageId }: { chat: Chat; isNew: boolean; messageId: bigint | undefined },
): string {
  const { chatId, context, status } = chat
  const about = context.orderId === undefined ? '' : ` (order ${context.orderId})`
  const place = `${isNew ? 'the new ' : ''}chat ${chatId}${about}`
  const message = messageId === undefined ? '' : `, message ${messageId}`
  return `${triggerEvents[name].did} in ${place}${message}; the chat is now ${status}.`
}
