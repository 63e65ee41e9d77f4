import type { ChatId, MessageId } from '#contract'
import { WrongUsage } from '../terminal/wrong-usage.ts'
import type { Texts } from '../texts/index.ts'
import { type Chat, findChat, openDirectChat, openOrderChat, pathOf, readChat, type TriggerTarget } from './chats.ts'
import { type EventName, triggerEvents, type Wishes } from './events.ts'
import { isOfNewChat, noOverrides, type Overrides } from './overrides.ts'

/** What is to happen, and in which chat; without one, in the newest where it is possible, or in one that is made for it. */
export type TriggerWishes = Wishes & { chat?: ChatId; override?: Overrides }

/** What has happened. */
export type Triggered = { event: EventName; chat: Chat; isNew: boolean; messageId: MessageId | undefined }

/** Throws WrongUsage for wishes that contradict each other, before anything is done. */
export function checkWishes(event: EventName, { chat, override = noOverrides }: TriggerWishes, texts: Texts): void {
  if (event === 'chat.direct' && chat !== undefined) throw new WrongUsage(texts.trigger.ownChat)
  if (event === 'chat.direct' && Object.keys(override.order).length > 0) throw new WrongUsage(texts.trigger.noOrder)
  if (chat !== undefined && isOfNewChat(override)) throw new WrongUsage(texts.trigger.newChat)
}

/** Makes it happen. */
export async function trigger(target: TriggerTarget, event: EventName, wishes: TriggerWishes): Promise<Triggered> {
  const { override = noOverrides } = wishes
  const { chatId, isNew } = await findChatFor(event, target, { chat: wishes.chat, override })
  const messageId = await triggerEvents[event].act(sceneOf(target, chatId, override), wishes)
  return { event, chat: await readChat(target, chatId), isNew, messageId }
}

/** For programs. */
export function viewOf({ businessId }: TriggerTarget, { event, chat, isNew, messageId }: Triggered): object {
  const { chatId, type, status } = chat
  return { event, businessId, chatId, isNewChat: isNew, messageId, type, status }
}

/** For a person. */
export function describe({ event, chat, isNew, messageId }: Triggered, { trigger: said }: Texts): string {
  const { chatId, context, status } = chat
  const order = context.orderId === undefined ? '' : said.order(context.orderId)
  const message = messageId === undefined ? '' : said.message(messageId)
  return said.done(said.events[event].did, said.chat(chatId, isNew) + order + message, status)
}

function sceneOf(target: TriggerTarget, chatId: ChatId, { message }: Pick<Overrides, 'message'>) {
  return { admin: target.admin, path: pathOf(target, chatId), message, texts: target.texts }
}

type Where = { chat: ChatId | undefined; override: Overrides }

async function findChatFor(
  event: EventName,
  target: TriggerTarget,
  { chat, override }: Where,
): Promise<{ chatId: ChatId; isNew: boolean }> {
  if (chat !== undefined) return { chatId: chat, isNew: false }
  const { isPossible, before } = triggerEvents[event]
  if (event === 'chat.direct') return { chatId: await openDirectChat(target, override), isNew: true }
  const found = isOfNewChat(override) ? undefined : await findChat(target, isPossible)
  if (found) return { chatId: found.chatId, isNew: false }
  const chatId = await openOrderChat(target, override)
  if (before) await triggerEvents[before].act(sceneOf(target, chatId, noOverrides), {})
  return { chatId, isNew: true }
}
