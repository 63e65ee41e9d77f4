import type { Queries } from '#database'
import { type ChatRow, findChat } from '../../store/chats.ts'
import type { LabBuyerRow } from '../../store/lab-buyers.ts'
import { listMessages } from '../../store/messages.ts'
import { type Persona, personaNames } from '../personas/index.ts'
import { type Intent, intentNames } from '../personas/intents.ts'
import { type Next, nextAct, type Script } from './next-act.ts'
import { type Plot, plotNames } from './plots.ts'
import { reactionsOf, stepsOf } from './script.ts'

// More than any script needs. In a chat with more, people are talking, and the buyer says nothing more.
const maxMessages = 1000

/** The script of a buyer. Undefined if the buyer was made by a version that knew other personas, intents or plots. */
export function findScript(buyer: LabBuyerRow, { orderId }: Pick<ChatRow, 'orderId'>): Script | undefined {
  const { seed, rate, isJoined, createdAt } = buyer
  const persona = known<Persona>(personaNames, buyer.persona)
  const intent = known<Intent>(intentNames, buyer.intent)
  const plot = known<Plot>(plotNames, buyer.plot)
  if (!persona || !intent || !plot) return undefined
  const request = { persona, intent, plot, seed, orderId }
  return { steps: stepsOf(request), reactions: reactionsOf(request), begunAt: createdAt, rate, isJoined }
}

function known<Name extends string>(names: readonly Name[], name: string): Name | undefined {
  return names.find(known => known === name)
}

export type ChatAndNext = { chat: ChatRow; next: Next }

/** What comes next for a buyer, by what is in the chat now. Undefined if nothing does. */
export async function findNext(sql: Queries, buyer: LabBuyerRow): Promise<ChatAndNext | undefined> {
  const { businessId, chatId, afterMessageId } = buyer
  const page = { from: afterMessageId + 1n, limit: maxMessages }
  // The chat is read after its messages, so that its state is no older than they are.
  const messages = await listMessages(sql, businessId, chatId, page)
  const chat = await findChat(sql, businessId, chatId)
  const script = chat && findScript(buyer, chat)
  if (!chat || !script || messages.length === maxMessages) return undefined
  return { chat, next: nextAct(script, { ...chat, messages }) }
}
