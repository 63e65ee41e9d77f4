import {
  type BusinessId,
  type ChatId,
  idFrom,
  type MessageId,
  type OrderId,
  type RefusalFacts,
  type ReturnId,
} from '#contract'

/** For a refusal that is shown as an example. */
export const madeUpFacts: RefusalFacts = {
  businessId: idFrom<BusinessId>('1'),
  chatId: idFrom<ChatId>('33'),
  messageId: idFrom<MessageId>('65'),
  orderId: idFrom<OrderId>('512340017'),
  returnId: idFrom<ReturnId>('812340017'),
}

type Asked = { params: unknown; query: unknown; body: unknown; key: { businessId: BusinessId } }

/** What a call names, for a refusal that is to speak of it; the rest is made up. */
export function factsOf({ params, query, body, key }: Asked): RefusalFacts {
  const { businessId } = key
  const named = { ...fieldsOf(params), ...fieldsOf(query), ...fieldsOf(body) }
  const { id } = fieldsOf(named['context'])
  return {
    businessId,
    chatId: idOr(madeUpFacts.chatId, named['chatId']),
    messageId: idOr(madeUpFacts.messageId, named['messageId']),
    orderId: idOr(madeUpFacts.orderId, id ?? named['orderId']),
    returnId: idOr(madeUpFacts.returnId, id),
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function idOr<Known extends bigint>(otherwise: Known, value: unknown): Known {
  return typeof value === 'bigint' ? (value as Known) : otherwise // read by the operation's declaration
}
