import {
  type BusinessId,
  type CampaignId,
  chatStatuses,
  chatTypes,
  idOf,
  keyNameMaxLength,
  keysPerBusiness,
  type OrderId,
  oneOf,
  placementTypes,
  type ReturnId,
  type Static,
  scopes,
  type TSchema,
  Type,
  textMaxLength,
} from '#contract'
import { name, publicId } from '../admin/access/parameters.ts'
import { orderFacts } from '../admin/directory/order-facts.ts'
import { orderItems, orderStatus } from '../admin/directory/order-view.ts'
import { stickerNames } from '../chats/stickers.ts'
import { directMessagesModes, finishedChatsModes } from '../store/businesses.ts'
import { timePattern } from './times.ts'

/** What a state file says. The editor's schema, the reading of a file, the lab's API and what an export writes come from here. */
export const stateVersion = 1

const time = (what: string) =>
  Type.Optional(
    Type.String({
      pattern: timePattern,
      maxLength: 40,
      description: `${what} 2026-03-01T12:00:00+03:00, or so long before now: -2h30m.`,
    }),
  )
const list = <S extends TSchema>(items: S, maxItems: number, description: string) =>
  Type.Optional(Type.Unsafe<Static<S>[]>({ type: 'array', items, maxItems, description }))
const flag = (description: string) => Type.Optional(Type.Boolean({ description }))

const whoWrites = ['customer', 'shop', 'support', 'market'] as const

const Message = Type.Object(
  {
    from: oneOf(whoWrites, { description: 'Who writes.' }),
    at: time('When; by default a minute after what is before it. +7m is so long after that;'),
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: textMaxLength, description: 'A text; or a file, or a sticker.' }),
    ),
    file: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description: 'The path of a file, seen from the state file and below its folder.',
      }),
    ),
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'What the file is called; by default as its path ends.',
      }),
    ),
    sticker: Type.Optional(oneOf(stickerNames, { description: 'A sticker of the customer.' })),
  },
  { title: 'StateMessage', description: 'A message: a text, a file or a sticker.' },
)

const Chat = Type.Object(
  {
    order: Type.Optional(idOf<OrderId>('The order it is about.')),
    return: Type.Optional(idOf<ReturnId>('Or the return.')),
    customer: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'Or the customer, in a direct chat.' }),
    ),
    opened: time('When it was opened; by default when its first message was written, or now.'),
    type: Type.Optional(oneOf(chatTypes, { description: 'What it has become. ARBITRAGE: there is a dispute.' })),
    status: Type.Optional(
      oneOf(chatStatuses, { description: 'Whose turn it is; by default what the messages make of it.' }),
    ),
    messages: list(Message, 10_000, 'Oldest first.'),
  },
  { title: 'StateChat', description: 'A chat about an order, a return, or nothing in particular.' },
)

const Order = Type.Object(
  {
    id: idOf<OrderId>('The order.'),
    customer: publicId,
    created: time('When it was made; by default now.'),
    status: Type.Optional(orderStatus),
    items: Type.Optional(orderItems),
    ...orderFacts,
    returns: list(idOf<ReturnId>('The return.'), 100, 'Its returns.'),
  },
  { title: 'StateOrder', description: 'An order.' },
)

const Campaign = Type.Object(
  {
    id: Type.Optional(idOf<CampaignId>('The campaign; by default a number that is free.')),
    name,
    placement: oneOf(placementTypes, { description: 'How the campaign works with the marketplace.' }),
    orders: list(Order, 10_000, 'Its orders.'),
  },
  { title: 'StateCampaign', description: 'A shop of the business.' },
)

const Key = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: keyNameMaxLength, description: 'What the key is for.' }),
    scopes: Type.Unsafe<(typeof scopes)[number][]>({
      type: 'array',
      items: oneOf(scopes),
      minItems: 1,
      uniqueItems: true,
      description: 'What the key opens.',
    }),
  },
  { title: 'StateKey', description: 'A key that is to be made. No state file holds one.' },
)

const Business = Type.Object(
  {
    id: Type.Optional(idOf<BusinessId>('The business; by default a number that is free.')),
    name,
    directMessages: Type.Optional(
      oneOf(directMessagesModes, { description: 'Which customers may write without an order; by default none.' }),
    ),
    finishedChats: Type.Optional(
      oneOf(finishedChatsModes, {
        description: 'What becomes of a message of the shop to a finished chat; by default it is refused.',
      }),
    ),
    apiDisabled: flag('Keys of the business open nothing.'),
    testChatsAnswer: flag("The lab's buyers answer in chats about test orders too."),
    keys: list(Key, keysPerBusiness, 'Keys that are to be made.'),
    subscribers: list(publicId, 10_000, 'The customers who are subscribed to it.'),
    campaigns: list(Campaign, 1_000, 'Its shops.'),
    chats: list(Chat, 10_000, 'Its chats, in the order in which they get their ids.'),
  },
  { title: 'StateBusiness', description: 'A business with all that is its own.' },
)

const Customer = Type.Object(
  { id: publicId, name },
  { title: 'StateCustomer', description: 'Somebody who buys and writes.' },
)

export const State = Type.Object(
  {
    prilavok: Type.Unsafe<1>({
      type: 'integer',
      format: 'int32',
      minimum: stateVersion,
      maximum: stateVersion,
      description: 'The version of this format.',
    }),
    customers: list(Customer, 10_000, 'Customers.'),
    businesses: list(Business, 100, 'Businesses.'),
  },
  { title: 'State', description: 'What a market holds, as far as people write it.' },
)
export type State = Static<typeof State>
export type StateBusiness = Static<typeof Business>
export type StateCampaign = Static<typeof Campaign>
export type StateOrder = Static<typeof Order>
export type StateChat = Static<typeof Chat>
export type StateMessage = Static<typeof Message>
