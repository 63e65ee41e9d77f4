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
import type { Overrides } from './overrides.ts'

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
export async function openOrderChat(
  { admin, businessId, texts }: TriggerTarget,
  { customer: own, order }: Pick<Overrides, 'customer' | 'order'>,
): Promise<ChatId> {
  const business = `/admin/v1/businesses/${businessId}` as const
  const { campaigns } = await admin.ask(`GET ${business}/campaigns`, Campaigns)
  const campaignId = campaigns[0]?.campaignId
  if (campaignId === undefined) throw new Problem(texts.trigger.noCampaign(businessId, `${business}/campaigns`))
  const { orderId = randomInt(1_000_000_000, 2 ** 47), items, ...facts } = order
  const customer = await makeCustomer(admin, { publicId: 'trigger', ...own })
  const body = { campaignId, customerPublicId: customer.publicId, ...facts, ...itemsOf(items) }
  await admin.tell(`PUT ${business}/orders/${orderId}`, body)
  return openChat(customer, { businessId, orderId })
}

/** A direct chat of a new customer. */
export async function openDirectChat(
  { admin, businessId, texts }: TriggerTarget,
  { customer: own }: Pick<Overrides, 'customer'>,
): Promise<ChatId> {
  const customer = await makeCustomer(admin, { publicId: `trigger-${randomUUID()}`, ...own })
  return openChat(customer, { businessId }).catch(error => {
    if (!(error instanceof Refused && error.status === 403)) throw error
    throw new Problem(texts.trigger.noDirect(businessId, `/admin/v1/businesses/${businessId}`), { cause: error })
  })
}

/** What an item must have and was not overridden. */
function itemsOf(items: unknown): { items?: unknown } {
  if (!Array.isArray(items)) return items === undefined ? {} : { items }
  const whole = (item: unknown, index: number) => ({
    offerId: `SKU-${index + 1}`,
    name: 'Товар',
    count: 1,
    ...Object(item),
  })
  return { items: Array.from(items, whole) }
}

type Customer = { publicId: string; calls: AdminCalls }

/** One whose name alone is given is another person than the usual one, who keeps hers. */
async function makeCustomer(admin: AdminCalls, wanted: Record<string, unknown>): Promise<Customer> {
  const { publicId: id, ...rest } = { publicId: '', name: 'Анна Соколова', ...wanted }
  const publicId = 'name' in wanted && id === 'trigger' ? `trigger-${randomUUID()}` : `${id}`
  const path = `/admin/v1/customers/${encodeURIComponent(publicId)}` as const
  await admin.tell(`PUT ${path}`, rest)
  const { token } = await admin.ask(`POST ${path}/tokens`, Type.Object({ token: Type.String() }))
  return { publicId, calls: admin.as(token) }
}

async function openChat({ calls }: Customer, what: { businessId: BusinessId; orderId?: unknown }): Promise<ChatId> {
  const { chatId } = await calls.ask('POST /buyer/v1/chats', Type.Object({ chatId: idOf<ChatId>('The chat.') }), what)
  return chatId
}
