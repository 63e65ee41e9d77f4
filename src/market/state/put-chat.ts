import { Readable } from 'node:stream'
import type { BusinessId, ChatId, Inside, Sender } from '#contract'
import { stickers } from '../chats/stickers.ts'
import type { ChatEvent } from '../chats/transitions.ts'
import { cleanFileName } from '../files/file-name.ts'
import { pictureType } from '../files/picture-type.ts'
import { type NewChat, openChat } from '../store/chats.ts'
import { type CustomerRow, noteBusiness } from '../store/customers.ts'
import { laneOf } from '../store/lane.ts'
import { type PostItem, postMessages } from '../store/messages.ts'
import { actsTowards, eventOf } from './acts.ts'
import type { StateChat, StateMessage } from './declaration.ts'
import { type Directory, type Putting, requireKnown } from './putting.ts'
import { chatTimes } from './resolve-times.ts'

/** Opens a chat and writes its messages, each at its time, through the SQL function that every message passes. */
export async function putChat(
  putting: Putting,
  chat: StateChat,
  directory: Directory,
  at: string,
): Promise<{ chatId: ChatId; customer: CustomerRow }> {
  const { sql, now } = putting
  const { businessId } = directory
  const { customer, ...context } = contextOf(chat, directory)
  const times = chatTimes(chat, now, at)
  await noteBusiness(sql, customer.customerId, businessId)
  const { chatId } = await openChat(sql, {
    ...context,
    customerId: customer.customerId,
    businessId,
    fake: false,
    now: times.opened,
  })
  const post = poster(sql, { businessId, chatId })
  for (const [n, message] of (chat.messages ?? []).entries())
    await post(await itemOf(putting, businessId, message), times.written[n] ?? now)
  const last = times.written.at(-1) ?? times.opened
  for (const event of actsTowards(chat) ?? []) await post({ event, sender: null, kind: null }, last)
  return { chatId, customer }
}

type Context = Omit<NewChat, 'businessId' | 'fake' | 'now' | 'customerId'> & { customer: CustomerRow }

function contextOf(chat: StateChat, { customers, orders, returns }: Directory): Context {
  if (chat.customer !== undefined) {
    const customer = requireKnown(customers, chat.customer)
    const nothing = { orderId: null, returnId: null, campaignId: null }
    return { contextType: 'direct', contextId: customer.customerId, ...nothing, customer }
  }
  if (chat.return !== undefined)
    return {
      contextType: 'return',
      contextId: chat.return,
      returnId: chat.return,
      ...requireKnown(returns, chat.return),
    }
  if (chat.order === undefined) throw new Error('a chat that was checked is about nothing')
  return { contextType: 'order', contextId: chat.order, returnId: null, ...requireKnown(orders, chat.order) }
}

type Happening = Omit<PostItem, 'business' | 'chat' | 'customer'>

function poster(sql: Putting['sql'], { businessId, chatId }: { businessId: BusinessId; chatId: ChatId }) {
  return async (happening: Happening & { event: ChatEvent }, at: Date): Promise<void> => {
    const item = { business: `${businessId}`, chat: `${chatId}`, customer: null, ...happening }
    const [posted] = await postMessages(sql, [item], at, laneOf(businessId))
    if (posted?.outcome !== 'done')
      throw new Error(`a state that was checked was refused: ${posted?.outcome} ${happening.event}`)
  }
}

const senders: Record<StateMessage['from'], Inside<Sender>> = {
  customer: 'customer',
  shop: 'partner',
  support: 'support',
  market: 'market',
}

async function itemOf(
  putting: Putting,
  businessId: BusinessId,
  message: StateMessage,
): Promise<Happening & { event: ChatEvent }> {
  const whose = { event: eventOf(message), sender: senders[message.from] }
  if (message.sticker !== undefined) return { ...whose, kind: 'sticker', text: stickers[message.sticker] }
  if (message.file === undefined) return { ...whose, kind: 'text', text: message.text ?? '' }
  const bytes = requireKnown(putting.contents, message.file)
  const stored = await putting.files.save(businessId, Readable.from([bytes]))
  const name = cleanFileName(message.name ?? message.file)
  const type = pictureType(stored.head) ?? 'application/octet-stream'
  return { ...whose, kind: 'file', name, size: stored.sizeBytes, hash: stored.hash, type }
}
