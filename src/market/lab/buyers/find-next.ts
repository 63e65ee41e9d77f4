import type { Queries } from '#database'
import { type ChatRow, findChat } from '../../store/chats.ts'
import type { LabBuyerRow } from '../../store/lab-buyers.ts'
import { listMessages } from '../../store/messages.ts'
import { type Persona, personaNames } from '../personas/index.ts'
import { type Intent, intentNames } from '../personas/intents.ts'
import { type Next, nextAct, type Part } from './next-act.ts'
import { type Plot, plotNames } from './plots.ts'
import { reactionsOf, scriptOf } from './script.ts'

// More than any script needs: in a chat in which people go on talking the buyer falls silent.
const messagesMost = 1000

/** The part that a buyer plays in a chat. Undefined if it was written by a version that knew other ones. */
export function partOf(buyer: LabBuyerRow, { orderId }: Pick<ChatRow, 'orderId'>): Part | undefined {
  const { seed, rate, isJoined, createdAt } = buyer
  const persona = known<Persona>(personaNames, buyer.persona)
  const intent = known<Intent>(intentNames, buyer.intent)
  const plot = known<Plot>(plotNames, buyer.plot)
  if (!persona || !intent || !plot) return undefined
  const told = { persona, intent, plot, seed, orderId }
  return { steps: scriptOf(told), reactions: reactionsOf(told), begunAt: createdAt, rate, isJoined }
}

function known<Name extends string>(names: readonly Name[], name: string): Name | undefined {
  return names.find(known => known === name)
}

export type Coming = { chat: ChatRow; next: Next }

/** What comes next for a buyer, by what is in the chat now. Undefined if there is nothing to play any more. */
export async function whatComes(sql: Queries, buyer: LabBuyerRow): Promise<Coming | undefined> {
  const { businessId, chatId, afterMessageId } = buyer
  const page = { from: afterMessageId + 1n, limit: messagesMost }
  // The chat after its messages: what its state tells has been said by then.
  const messages = await listMessages(sql, businessId, chatId, page)
  const chat = await findChat(sql, businessId, chatId)
  const part = chat && partOf(buyer, chat)
  if (!chat || !part || messages.length === messagesMost) return undefined
  return { chat, next: nextAct(part, { ...chat, messages }) }
}
