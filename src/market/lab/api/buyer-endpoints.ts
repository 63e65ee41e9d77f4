import { type BusinessId, idOf, type OrderId, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, problems } from '#serving'
import { usual } from '../../admin/access/parameters.ts'
import { requireBusiness } from '../../admin/access/require.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import type { LabBuyerId } from '../../store/lab-buyers.ts'
import type { LabBuyers } from '../buyers/buyers.ts'
import type { ChatSubject } from '../buyers/make-buyer.ts'
import { personas } from '../personas/index.ts'
import { intents } from '../personas/intents.ts'
import { BuyerView, buyerView, intent, persona, rate, seed } from './buyer-view.ts'

const tag = 'buyers'
const businessId = idOf<BusinessId>('The business.')

type Needs = { sql: Sql; labBuyers: LabBuyers }

const Named = Type.Object(
  {
    name: Type.String({ description: 'How it is asked for.' }),
    description: Type.String({ description: 'What it is.' }),
  },
  { title: 'Named' },
)
const listNamed = (table: Record<string, string | { description: string }>) =>
  Object.entries(table).map(([name, facts]) => ({
    name,
    description: typeof facts === 'string' ? facts : facts.description,
  }))

export const listPersonas = defineEndpoint(
  defineOwnOperation({
    name: 'listPersonas',
    verb: 'GET',
    path: '/lab/v1/personas',
    tag,
    summary: 'List personas and intents',
    description: 'Who can write to a shop, and why.',
    response: Type.Object({ personas: Type.Array(Named), intents: Type.Array(Named) }),
    refusals: usual,
  }),
  async () => ({ personas: listNamed(personas), intents: listNamed(intents) }),
)

export const createLabBuyer = defineEndpoint(
  defineOwnOperation({
    name: 'createLabBuyer',
    verb: 'POST',
    path: '/lab/v1/buyers',
    tag,
    summary: 'Send a buyer',
    description:
      'A customer with an order comes, opens a chat, writes, and answers what the shop writes. Answered when the first message is there.',
    body: Type.Object({
      businessId,
      persona,
      intent,
      seed: Type.Optional(seed),
      rate: Type.Optional(rate),
      orderId: Type.Optional(idOf<OrderId>('The order to write about, by its customer. Without it: a new one.')),
      isTestChat: Type.Optional(
        Type.Boolean({
          description: 'About a new test order. The business must let test chats answer. Not with orderId.',
        }),
      ),
    }),
    response: Type.Object({ buyer: BuyerView }),
    status: 201,
    refusals: [...usual, 404, 409],
  }),
  async ({ labBuyers }: Needs, { body: { orderId, isTestChat, ...request } }) => {
    if (orderId !== undefined && isTestChat)
      throw problems.misfit('isTestChat', 'must be left out when orderId is given: the order says what it is')
    const about: ChatSubject =
      orderId === undefined ? { what: isTestChat ? 'test order' : 'own order' } : { what: 'order', orderId }
    return { buyer: buyerView(await labBuyers.create({ ...request, about })) }
  },
)

export const listLabBuyers = defineEndpoint(
  defineOwnOperation({
    name: 'listLabBuyers',
    verb: 'GET',
    path: '/lab/v1/buyers',
    tag,
    summary: 'List the buyers',
    description: 'Those of a business, newest first, at most 200.',
    query: Type.Object({ businessId }),
    response: Type.Object({ buyers: Type.Array(BuyerView) }),
    refusals: [...usual, 404],
  }),
  async ({ sql, labBuyers }: Needs, { query: { businessId } }) => {
    await requireBusiness(sql, businessId)
    return { buyers: (await labBuyers.list(businessId)).map(buyerView) }
  },
)

export const deleteLabBuyer = defineEndpoint(
  defineOwnOperation({
    name: 'deleteLabBuyer',
    verb: 'DELETE',
    path: '/lab/v1/buyers/{buyerId}',
    tag,
    summary: 'Send a buyer away',
    description: 'The buyer answers no more. The chat stays.',
    params: Type.Object({ buyerId: idOf<LabBuyerId>('The buyer.') }),
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ labBuyers }: Needs, { params: { buyerId } }) => {
    if (!(await labBuyers.remove(buyerId)))
      throw problems.notFound(`There is no buyer ${buyerId}: see GET /lab/v1/buyers.`)
    return undefined
  },
)
