import type { Sql } from '#database'
import { whyNotAnswer } from '../../inbox/may-answer.ts'
import type { Bus } from '../../live/bus.ts'
import { listUnconfirmed } from '../../store/answers.ts'
import { findAnsweringFacts } from '../../store/cabinet-facts.ts'
import { findOrder, type OrderRow } from '../../store/orders.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/inbox.ts'
import type { OrderCard } from '../shapes/chat.ts'
import { answerViews } from './answer-view.ts'
import { noSuchCabinet, requireChat } from './require.ts'
import { rowView } from './row-view.ts'

type Needs = { sql: Sql; bus: Pick<Bus, 'publish'> }

export const readChat = personalEndpoint(operations.readChat, async ({ sql, bus }: Needs, { params, session }) => {
  const { cabinetId, chatId } = params
  const chat = await requireChat(sql, params, session.accountId)
  const { orderId } = chat
  const [answers, facts, order] = await Promise.all([
    listUnconfirmed(sql, cabinetId, chatId),
    findAnsweringFacts(sql, cabinetId),
    orderId === null ? undefined : findOrder(sql, cabinetId, orderId),
  ])
  if (facts === undefined) throw noSuchCabinet()
  // Whoever works the cabinet reads it again, if that was long ago.
  if (orderId !== null) bus.publish({ about: 'order', cabinetId: `${cabinetId}`, orderId: `${orderId}` })
  const whyNot = whyNotAnswer(facts, session.role)
  const { createdAt, readToMessageId, lastMessageId, newestAnswer, isDone, draft } = chat
  return {
    ...rowView(chat),
    ...{ createdAt: createdAt.toISOString(), readToMessageId, newestAnswer, isDone, canAnswer: whyNot === undefined },
    ...(lastMessageId !== null && { lastMessageId }),
    ...(draft !== null && { draft }),
    ...(whyNot !== undefined && { whyNot }),
    answers: await answerViews(sql, answers),
    ...(order && { orderCard: cardOf(order) }),
  }
})

function cardOf({ orderId, fields, missingScope, readAt }: OrderRow): OrderCard {
  return {
    ...{ orderId, items: [], ...fields, readAt: readAt.toISOString() },
    ...(missingScope !== null && { missingScope }),
  }
}
