import { type BusinessId, type ChatId, type Inside, type MessageId, refusals, type Sender } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { Batcher, type Clock } from '#kit'
import type { Bus } from '../live/bus.ts'
import type { CustomerId } from '../store/customers.ts'
import { type BatchLane, batchingOf, businessOf, type Layout } from '../store/layout.ts'
import { type Posted, type PostItem, postMessages } from '../store/messages.ts'
import type { Content } from './content.ts'
import type { RequestKey } from './request-key.ts'
import type { ChatEvent } from './transitions.ts'

/** Something that happens to a chat: a message, or (without content) an act such as finishing a dispute. */
export type Post = {
  businessId: BusinessId
  chatId: ChatId
  event: ChatEvent
  /** Only if the chat is this customer's. */
  customerId?: CustomerId
  sender?: Inside<Sender>
  /** The lab speaks for the customer of a test chat, where nobody else does. */
  isByLab?: true
  content?: Content
}

/** A shop's message; with a key it is written once, however often it is posted. */
type PostOnce = Post & { event: 'partner_writes'; once: RequestKey | undefined }

export type PostOutcome =
  | { outcome: 'done'; eventId: MessageId; happenedAt: Date }
  | { outcome: 'no_chat' | 'no_customer' | 'refused' }
  /** A shop's message into a finished chat, where the business has it refused. */
  | { outcome: 'closed' }

/** With a key: it was done before, or the key is another request's. */
type OnceOutcome = PostOutcome | { outcome: 'replayed' | 'key_reused' }

const batching = { max: 64, queue: { max: 10_000, fullError: refusals.unavailable } }

type PostboxOptions = { sql: Sql; layout: Layout; bus: Bus; clock: Clock; onBatch(size: number): void }

/** Writes every message, many in one transaction. A post resolves after COMMIT. */
export class Postbox {
  readonly #bus: Bus
  readonly #batcher: Batcher<Post | PostOnce, Posted, BatchLane>

  constructor({ sql, layout, bus, clock, onBatch }: PostboxOptions) {
    this.#bus = bus
    this.#batcher = new Batcher({
      ...batching,
      ...batchingOf<Post>(layout, businessOf),
      compare: byChat,
      work: (posts, lane) => postMessages(sql, posts.map(toItem), clock.now(), lane),
      isAboutAll: isDatabaseAway,
      onBatch,
    })
  }

  /** Rejects if the database is away (then it may or may not be written), or with "unavailable" if the queue is full. */
  post(post: Post & { once?: never }): Promise<PostOutcome>
  post(post: PostOnce): Promise<OnceOutcome>
  async post(post: Post | PostOnce): Promise<OnceOutcome> {
    const { outcome, eventId, happenedAt, customerId } = await this.#batcher.add(post)
    if (outcome !== 'done') return { outcome }
    if (eventId === null || happenedAt === null) throw new RangeError('post_messages returned a post without its id')
    this.#bus.publish({
      about: 'chat',
      businessId: `${post.businessId}`,
      chatId: `${post.chatId}`,
      customerId: `${customerId}`,
      messageId: post.content ? `${eventId}` : null,
    })
    return { outcome, eventId, happenedAt }
  }
}

/** The order in which the SQL function walks them; posts of one chat keep the order in which they came. */
function byChat(a: Post, b: Post): number {
  const [left, right] = a.businessId === b.businessId ? [a.chatId, b.chatId] : [a.businessId, b.businessId]
  return left < right ? -1 : left > right ? 1 : 0
}

function toItem(post: Post | PostOnce): PostItem {
  const { businessId, chatId, customerId, event, sender, content, isByLab } = post
  const head = {
    business: `${businessId}`,
    chat: `${chatId}`,
    customer: customerId === undefined ? null : `${customerId}`,
    event,
    sender: sender ?? null,
    ...(isByLab && { lab: isByLab }),
    ...('once' in post && post.once && toKey(post.once)),
  }
  if (content === undefined) return { ...head, kind: null }
  if (content.kind !== 'file') return { ...head, kind: content.kind, text: content.body }
  const { kind, fileName: name, fileSize: size, fileHash: hash, fileType: type } = content
  return { ...head, kind, name, size, hash, type }
}

const toKey = ({ keyHash, fingerprint }: RequestKey) => ({
  key: formatBytea(keyHash),
  fingerprint: formatBytea(fingerprint),
})

/** As PostgreSQL reads a bytea. */
const formatBytea = (hex: string) => `\\x${hex}`
