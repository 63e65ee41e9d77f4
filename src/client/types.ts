/** What a shop sees of its chats: the published fields by their published names; ids are bigint, dates are Date. */

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
  /** The shop. Of orders and returns. */
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

/** A text, or files. Ids grow within a chat. */
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

/** A key's own name and what it may do, as the market spells it: COMMUNICATION, ALL_METHODS, … */
export type TokenInfo = { name: string; scopes: string[] }

/** A page of a walk; without `nextPageToken` it was the last. */
export type Page<Item> = { items: Item[]; nextPageToken?: string }

/** An async iterable over all items of all pages, and one page at a time. */
export type Pages<Item> = AsyncIterable<Item> & {
  /** One page; without a token the first. */
  page(token?: string): Promise<Page<Item>>
  /** Page after page, each a request. */
  pages(): AsyncIterable<Page<Item>>
}

/** Who waits for a call, the most urgent first: it decides whose turn is next when calls queue. */
export type Urgency = 'person' | 'news' | 'reconcile' | 'backfill'

/** An abort rejects with the signal's reason; of a send that may have been done, with SendUnknown, whose cause it is. */
export type CallOptions = { signal?: AbortSignal | undefined; urgency?: Urgency | undefined }

export type ChatFilter = {
  statuses?: readonly ChatStatus[] | undefined
  types?: readonly ChatType[] | undefined
  contextTypes?: readonly ChatContext['type'][] | undefined
  contexts?: readonly { type: 'ORDER' | 'RETURN'; id: IdLike }[] | undefined
  /** Chats on a page, 1 to 20. */
  limit?: number | undefined
}

export type HistoryFilter = {
  /** This message and those after it. The market returns it again, others may not. */
  from?: IdLike | undefined
  /** Messages on a page, 1 to 100. */
  limit?: number | undefined
}

/** What a chat is opened about. */
export type About = { order: IdLike } | { return: IdLike }

export type SendOptions = CallOptions & {
  /** Makes a send that is repeated the same send, where the server honours it. By default a random one. */
  idempotencyKey?: string | undefined
}

/** Accepted by the market. Its answer has no message id. */
export type Sent = { state: 'sent' }

export type SendOnceOptions = CallOptions & {
  /** The newest message known before the send (its id), from which history is read when nobody can tell. */
  since?: IdLike | undefined
}

/** `unknown`: nobody can tell now; it may yet appear. Ask again by reading the history, do not send again. */
export type SentOnce =
  | { state: 'confirmed'; messageId: bigint }
  | { state: 'notSent'; why: Error }
  | { state: 'unknown'; why: Error }

/** What can be sent as a file: its bytes or a stream of them, with a name. */
export type FileLike =
  | File
  | { name: string; data: Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array>; type?: string | undefined }

/** The part of a market that mirrors need: what MarketClient has, and a model in a test. */
export type ChatsSource = {
  businessId: bigint
  chats: {
    list(filter?: ChatFilter, options?: CallOptions): Pages<Chat>
    get(chatId: IdLike, options?: CallOptions): Promise<Chat>
  }
  messages: {
    history(chatId: IdLike, filter?: HistoryFilter, options?: CallOptions): Pages<Message>
  }
}

/** What the notifications about chats tell of. */
export type ChatNotificationType = Open<
  'CHAT_CREATED' | 'CHAT_MESSAGE_SENT' | 'CHAT_ARBITRAGE_STARTED' | 'CHAT_ARBITRAGE_FINISHED'
>
