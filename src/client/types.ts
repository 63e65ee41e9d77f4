/** What a shop sees of its chats: the published fields by their published names; ids are bigint, dates are Date. */

import type { QuotaWait, WireError } from './errors.ts'

/** A word of an open set: those known today, and whatever the market adds tomorrow. */
export type Open<Known extends string> = Known | (string & {})

/** An int64. Digits or a safe integer are taken as well; what comes back is always a bigint. */
export type IdLike = bigint | number | string

export type ChatType = Open<'CHAT' | 'ARBITRAGE'>
export type ChatStatus = Open<
  'NEW' | 'WAITING_FOR_CUSTOMER' | 'WAITING_FOR_PARTNER' | 'WAITING_FOR_ARBITER' | 'WAITING_FOR_MARKET' | 'FINISHED'
>
export type Sender = Open<'PARTNER' | 'CUSTOMER' | 'MARKET' | 'SUPPORT'>

/** What a chat is about, and with whom. */
export type ChatContext = {
  type: Open<'ORDER' | 'RETURN' | 'DIRECT'>
  customer?: { name?: string; publicId?: string }
  /** The campaign: a shop of the business. Of orders and returns. */
  campaignId?: bigint
  /** Of orders and returns. */
  orderId?: bigint
  /** Of returns. */
  returnId?: bigint
}

export type Chat = {
  chatId: bigint
  context: ChatContext
  /** ARBITRAGE is a dispute. */
  type: ChatType
  /** Whose move it is. */
  status: ChatStatus
  createdAt: Date
  /** When the last message was written; to the second. */
  updatedAt: Date
}

/** A file in a message. Downloading it from `url` needs the same key. */
export type ChatFile = { name: string; url: string; sizeBytes: number }

/** A text, or files. Within a chat a later message has a higher id. */
export type Message = {
  messageId: bigint
  createdAt: Date
  sender: Sender
  text?: string
  files?: ChatFile[]
}

export type Campaign = {
  campaignId: bigint
  name?: string
  businessId?: bigint
  businessName?: string
  placementType?: Open<'FBS' | 'FBY' | 'DBS' | 'LAAS'>
  apiAvailability?: string
}

/** `payment` is of all `count` pieces. */
export type OrderItem = {
  id: bigint
  offerId: string
  offerName: string
  count: number
  prices?: { payment?: { value: number; currencyId: string } }
}

export type OrderStatus = Open<
  | ('PLACING' | 'RESERVED' | 'UNPAID' | 'PENDING' | 'PROCESSING' | 'DELIVERY' | 'PICKUP' | 'DELIVERED')
  | ('CANCELLED' | 'PARTIALLY_RETURNED' | 'RETURNED' | 'UNKNOWN')
>

/** Days are texts: 2026-03-01. */
export type Order = {
  orderId: bigint
  campaignId: bigint
  programType?: Open<'FBS' | 'FBY' | 'DBS' | 'LAAS'>
  status: OrderStatus
  substatus: string
  creationDate: Date
  updateDate?: Date
  paymentType: Open<'PREPAID' | 'POSTPAID'>
  paymentMethod: string
  fake: boolean
  items: OrderItem[]
  prices?: { payment?: { value: number; currencyId: string } }
  delivery: {
    type: Open<'DELIVERY' | 'PICKUP'>
    serviceName: string
    deliveryServiceId: bigint
    deliveryPartnerType: string
    dates: { fromDate: string; toDate?: string }
    shipment?: { shipmentDate: string }
    tracks?: { trackCode?: string; deliveryServiceId: bigint }[]
  }
  notes?: string
  sourcePlatform?: string
}

/** The name of a key and what it may do, in the market's words: COMMUNICATION, ALL_METHODS, … */
export type TokenInfo = { name: string; scopes: string[] }

/** One page of a list. The last page has no `nextPageToken`. */
export type Page<Item> = { items: Item[]; nextPageToken?: string }

/** An async iterable over all items of all pages, and one page at a time. */
export type Pages<Item> = AsyncIterable<Item> & {
  /** One page; without a token the first. */
  page(token?: string): Promise<Page<Item>>
  /** Page after page, each a request. */
  pages(): AsyncIterable<Page<Item>>
}

/** How urgent a call is, the most urgent first. When calls queue, the most urgent one is made next. */
export type Urgency = 'person' | 'news' | 'reconcile' | 'backfill'

/** An aborted call rejects with the signal's reason; a send that may have been done, with SendUnknown, whose cause is the reason. */
export type CallOptions = {
  signal?: AbortSignal | undefined
  urgency?: Urgency | undefined
  /** Told when the call waits for the end of the hour, perhaps more than once. */
  onWait?: ((wait: QuotaWait) => void) | undefined
}

/** `onUnreadable`: told of each row that does not fit the published API, and left out. Without it such a row fails the call. */
export type ListOptions = CallOptions & { onUnreadable?: ((why: WireError, chatId?: bigint) => void) | undefined }

export type ChatFilter = {
  statuses?: readonly ChatStatus[] | undefined
  types?: readonly ChatType[] | undefined
  contextTypes?: readonly ChatContext['type'][] | undefined
  contexts?: readonly { type: 'ORDER' | 'RETURN'; id: IdLike }[] | undefined
  /** Chats on a page, 1 to 20. */
  limit?: number | undefined
}

export type OrderFilter = {
  /** Up to 50. */
  orderIds?: readonly IdLike[] | undefined
  campaignIds?: readonly IdLike[] | undefined
  statuses?: readonly OrderStatus[] | undefined
  /** From on, and before To: days such as 2026-03-01, at most 30 apart; of updates, moments. */
  dates?: { creationDateFrom?: string; creationDateTo?: string; updateDateFrom?: string; updateDateTo?: string }
  /** Test orders, or others. */
  fake?: boolean | undefined
  /** Orders on a page, 1 to 50. */
  limit?: number | undefined
}

export type HistoryFilter = {
  /** The history begins with this message. Another server than the market may begin after it. */
  from?: IdLike | undefined
  /** Messages on a page, 1 to 100. */
  limit?: number | undefined
}

/** What a chat is opened about. */
export type About = { order: IdLike } | { return: IdLike }

export type SendOptions = CallOptions & {
  /** A server that honours it does repeated sends with one key only once. By default a random one. */
  idempotencyKey?: string | undefined
}

/** Accepted by the market. Its answer has no message id. */
export type Sent = { state: 'sent' }

export type SendOnceOptions = CallOptions & {
  /** The id of the newest message known before the send: the history is read from there. */
  since?: IdLike | undefined
}

/** `unknown`: the message may be written or not, and may appear later. Read the history; do not send again. */
export type SentOnce =
  | { state: 'confirmed'; messageId: bigint }
  | { state: 'notSent'; why: Error }
  | { state: 'unknown'; why: Error }

/** What can be sent as a file: its bytes or a stream of them, with a name. */
export type FileLike =
  | File
  | { name: string; data: Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array>; type?: string | undefined }

/** What a mirror needs of a market. MarketClient has it; a test may give a model. */
export type ChatsSource = {
  businessId: bigint
  chats: {
    list(filter?: ChatFilter, options?: ListOptions): Pages<Chat>
    get(chatId: IdLike, options?: CallOptions): Promise<Chat>
  }
  messages: {
    history(chatId: IdLike, filter?: HistoryFilter, options?: CallOptions): Pages<Message>
    get(chatId: IdLike, messageId: IdLike, options?: CallOptions): Promise<Message>
  }
}

/** What the notifications about chats tell of. */
export type ChatNotificationType = Open<
  'CHAT_CREATED' | 'CHAT_MESSAGE_SENT' | 'CHAT_ARBITRAGE_STARTED' | 'CHAT_ARBITRAGE_FINISHED'
>
