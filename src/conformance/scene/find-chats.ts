import { chatsPageDefault, chatsPageMax, historyPageDefault, historyPageMax, onWire } from '#contract'
import type { Sender } from '../http/sender.ts'
import { ask, field, idAt, items } from './read.ts'
import type { Scene } from './scene.ts'
import type { Things } from './things.ts'

type Owner = Pick<Scene, 'token' | 'businessId'>
type Found = Partial<Things>
type Chat = { chatId: bigint; whole: unknown }

/** How many chats are opened to see what is in them. */
const historiesRead = 12

/** Chats of every kind among the newest, and what they are about. `chosen` is read in if it is given. */
export async function findChats(sender: Sender, owner: Owner, chosen: bigint | undefined): Promise<Found> {
  const { token, businessId } = owner
  const query = { limit: `${chatsPageMax}` }
  const page = await ask(sender, 'getChats', token, { ids: { businessId }, query, json: {} })
  const chats = items(page.json, 'result', 'chats').flatMap((whole): Chat[] => {
    const chatId = idAt(whole, 'chatId')
    return chatId === undefined ? [] : [{ chatId, whole }]
  })
  const found: Found = {
    ...(chats.length > 2 && { severalChats: true }),
    ...(chats.length > chatsPageDefault && { manyChats: true }),
    ...kindsOf(chats),
  }
  const isFinished = ({ whole }: Chat) => field(whole, 'status') === onWire('finished')
  const finished = new Set(chats.filter(isFinished).map(({ chatId }) => chatId))
  const toRead = chats.map(({ chatId }) => chatId).slice(0, historiesRead)
  for (const chatId of chosen === undefined ? toRead : [chosen, ...toRead.filter(id => id !== chosen)]) {
    await lookInto(sender, owner, { chatId, isFinished: finished.has(chatId), found })
  }
  return found
}

function kindsOf(chats: readonly Chat[]): Found {
  const found: Found = {}
  for (const { chatId, whole } of chats) {
    const [orderId, returnId] = [idAt(whole, 'context', 'orderId'), idAt(whole, 'context', 'returnId')]
    if (returnId !== undefined) found.returnChat ??= chatId
    else if (orderId === undefined) found.directChat ??= chatId
    else if (orderId > BigInt(Number.MAX_SAFE_INTEGER))
      Object.assign(found, { giantChat: chatId, giantOrderId: orderId })
    else if (found.orderChat === undefined) Object.assign(found, { orderChat: chatId, orderId })
  }
  return found
}

async function lookInto(
  sender: Sender,
  { token, businessId }: Owner,
  { chatId, isFinished, found }: { chatId: bigint; isFinished: boolean; found: Found },
): Promise<void> {
  const query = { chatId: `${chatId}`, limit: `${historyPageMax}` }
  const page = await ask(sender, 'getChatHistory', token, { ids: { businessId }, query, json: {} })
  const messages = items(page.json, 'result', 'messages')
  const [first, second] = messages
  if (page.status === 200 && first === undefined && !isFinished) found.emptyChat ??= chatId
  if (second !== undefined && found.chatId === undefined) {
    const messageId = idAt(first, 'messageId')
    Object.assign(found, { chatId, ...(messageId !== undefined && { messageId }) })
  }
  const has = (name: string) => messages.some(message => field(message, name) !== undefined)
  if (has('message') && has('payload')) found.mixedChat ??= chatId
  if (messages.length > historyPageDefault) found.longChat ??= chatId
}
