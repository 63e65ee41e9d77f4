import { randomInt, randomUUID } from 'node:crypto'
import {
  type BusinessId,
  type CampaignId,
  type ChatId,
  chatContextTypes,
  chatStatuses,
  chatTypes,
  idOf,
  type OrderId,
  oneOf,
  type Static,
  Type,
} from '#contract'
import { Problem } from '#kit'
import { type AdminCalls, Refused } from '../connection/admin-calls.ts'
import type { Texts } from '../texts/index.ts'

const Chat = Type.Object({
  chatId: idOf<ChatId>('The chat.'),
  context: Type.Object({
    type: oneOf(chatContextTypes),
    orderId: Type.Optional(idOf<OrderId>('The order.')),
  }),
  type: oneOf(chatTypes),
  status: oneOf(chatStatuses),
  isTest: Type.Boolean(),
})
export type Chat = Static<typeof Chat>
const Page = Type.Object({ chats: Type.Array(Chat), nextPageToken: Type.Optional(Type.String()) })
const Campaigns = Type.Object({ campaigns: Type.Array(Type.Object({ campaignId: idOf<CampaignId>('The campaign.') })) })

const maxPages = 10
const pageSize = 100

/** The business in which something is to happen. */
export type TriggerTarget = { admin: AdminCalls; businessId: BusinessId; texts: Texts }

export function pathOf({ businessId }: TriggerTarget, chatId: ChatId): `/${string}` {
  return `/admin/v1/businesses/${businessId}/chats/${chatId}`
}

export async function readChat(target: TriggerTarget, chatId: ChatId): Promise<Chat> {
  const { chat } = await target.admin.ask(`GET ${pathOf(target, chatId)}`, Type.Object({ chat: Chat }))
  return chat
}

/** The chat with the newest message among those that fit, as far back as it looks. */
export async function findChat(
  { admin, businessId }: TriggerTarget,
  doesFit: (chat: Chat) => boolean,
): Promise<Chat | undefined> {
  let token = ''
  for (let page = 0; page < maxPages; page++) {
    const query = new URLSearchParams({ limit: `${pageSize}`, ...(token && { pageToken: token }) })
    const { chats, nextPageToken } = await admin.ask(`GET /admin/v1/businesses/${businessId}/chats?${query}`, Page)
    const found = chats.find(doesFit)
    if (found || nextPageToken === undefined) return found
    token = nextPageToken
  }
  return undefined
}

/** A chat about a new order, opened by its customer. */
export async function openOrderChat({ admin, businessId, texts }: TriggerTarget): Promise<ChatId> {
  const business = `/admin/v1/businesses/${businessId}` as const
  const { campaigns } = await admin.ask(`GET ${business}/campaigns`, Campaigns)
  const campaignId = campaigns[0]?.campaignId
  if (campaignId === undefined) throw new Problem(texts.trigger.noCampaign(businessId, `${business}/campaigns`))
  const orderId = randomInt(1_000_000_000, 2 ** 47)
  const customer = await makeCustomer(admin, 'trigger')
  await admin.tell(`PUT ${business}/orders/${orderId}`, { campaignId, customerPublicId: customer.publicId })
  return openChat(customer, { businessId, orderId })
}

/** A direct chat of a new customer. */
export async function openDirectChat({ admin, businessId, texts }: TriggerTarget): Promise<ChatId> {
  const customer = await makeCustomer(admin, `trigger-${randomUUID()}`)
  return openChat(customer, { businessId }).catch(error => {
    if (!(error instanceof Refused && error.status === 403)) throw error
    throw new Problem(texts.trigger.noDirect(businessId, `/admin/v1/businesses/${businessId}`), { cause: error })
  })
}

type Customer = { publicId: string; calls: AdminCalls }

async function makeCustomer(admin: AdminCalls, publicId: string): Promise<Customer> {
  await admin.tell(`PUT /admin/v1/customers/${publicId}`, { name: 'Анна Соколова' })
  const { token } = await admin.ask(
    `POST /admin/v1/customers/${publicId}/tokens`,
    Type.Object({ token: Type.String() }),
  )
  return { publicId, calls: admin.as(token) }
}

async function openChat({ calls }: Customer, what: { businessId: BusinessId; orderId?: number }): Promise<ChatId> {
  const { chatId } = await calls.ask('POST /buyer/v1/chats', Type.Object({ chatId: idOf<ChatId>('The chat.') }), what)
  return chatId
}
