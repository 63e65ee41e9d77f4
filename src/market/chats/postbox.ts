import { type BusinessId, type ChatId, type Inside, type MessageId, refusals, type Sender } from '#contract'
import type { Clock } from '#kit'
import type { Bus } from '../live/bus.ts'
import { isDatabaseAway, type Sql } from '../store/connect.ts'
import type { CustomerId } from '../store/customers.ts'
import { type FileFacts, type Letter, type Posted, postMessages } from '../store/messages.ts'
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
  content?: { kind: 'text' | 'sticker'; body: string } | ({ kind: 'file' } & FileFacts)
}

/** A shop's message; with a key it is written once, however often it is posted. */
type PostOnce = Post & { event: 'partner_writes'; once: RequestKey | undefined }

export type PostOutcome =
  | { outcome: 'done'; eventId: MessageId; happenedAt: Date }
  | { outcome: 'no_chat' | 'no_customer' | 'refused' }

/** With a key: it was done before, or the key is another request's. */
type OnceOutcome = PostOutcome | { outcome: 'replayed' | 'key_reused' }

type Waiting = { post: Post | PostOnce; resolve(outcome: OnceOutcome): void; reject(error: unknown): void }

const batchMost = 64
const flushesInFlight = 2
const queueMost = 10_000

/**
 * Where every message passes. Posts that arrive while the flushes in flight are under way go together in the next one: no
 * timer, the wait for a free slot does the collecting. A post is answered after COMMIT and not before.
 */
export class Postbox {
  readonly #sql: Sql
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #onBatch: (size: number) => void
  #queue: Waiting[] = []
  #inFlight = 0

  constructor({ sql, bus, clock, onBatch }: { sql: Sql; bus: Bus; clock: Clock; onBatch(size: number): void }) {
    this.#sql = sql
    this.#bus = bus
    this.#clock = clock
    this.#onBatch = onBatch
  }

  /** Rejects with "unavailable" if the database is away or the queue is full; then nobody can tell whether it was written. */
  post(post: Post & { once?: never }): Promise<PostOutcome>
  post(post: PostOnce): Promise<OnceOutcome>
  post(post: Post | PostOnce): Promise<OnceOutcome> {
    if (this.#queue.length >= queueMost) return Promise.reject(refusals.unavailable())
    return new Promise((resolve, reject) => {
      this.#queue.push({ post, resolve, reject })
      this.#pump()
    })
  }

  #pump(): void {
    while (this.#inFlight < flushesInFlight && this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchMost)
      this.#inFlight++
      this.#onBatch(batch.length)
      void this.#deliver(batch).finally(() => {
        this.#inFlight--
        this.#pump()
      })
    }
  }

  /** Settles every post of the batch; never rejects. */
  async #deliver(batch: Waiting[]): Promise<void> {
    const sorted = batch.toSorted(byChat)
    let posted: Posted[]
    try {
      posted = await postMessages(this.#sql, sorted.map(toLetter), this.#clock.now())
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error)) {
        for (const waiting of batch) waiting.reject(error)
        return
      }
      // The server refused the batch and rolled it back: one of them is bad. Each alone, so that the others pass.
      for (const waiting of sorted) await this.#deliver([waiting])
      return
    }
    // Outside the try: what is written must never be posted again.
    for (const [index, waiting] of sorted.entries()) this.#settle(waiting, posted[index])
  }

  #settle({ post, resolve, reject }: Waiting, posted: Posted | undefined): void {
    if (posted?.outcome !== 'done') {
      if (posted) resolve({ outcome: posted.outcome })
      else reject(new Error('post_messages returned fewer outcomes than letters'))
      return
    }
    const { eventId, happenedAt, customerId } = posted
    if (eventId === null || happenedAt === null) {
      reject(new Error('post_messages returned a post without its id'))
      return
    }
    resolve({ outcome: 'done', eventId, happenedAt })
    this.#bus.publish({
      about: 'chat',
      businessId: `${post.businessId}`,
      chatId: `${post.chatId}`,
      customerId: `${customerId}`,
      messageId: post.content ? `${eventId}` : null,
    })
  }
}

/** The order in which the SQL function walks them; posts of one chat keep the order in which they came. */
function byChat({ post: a }: Waiting, { post: b }: Waiting): number {
  const [left, right] = a.businessId === b.businessId ? [a.chatId, b.chatId] : [a.businessId, b.businessId]
  return left < right ? -1 : left > right ? 1 : 0
}

function toLetter({ post }: Waiting): Letter {
  const { businessId, chatId, customerId, event, sender, content, isByLab } = post
  const head = {
    b: `${businessId}`,
    c: `${chatId}`,
    u: customerId === undefined ? null : `${customerId}`,
    e: event,
    s: sender ?? null,
    ...(isByLab && { l: true as const }),
    ...('once' in post && post.once && { r: spellBytes(post.once.keyHash), f: spellBytes(post.once.fingerprint) }),
  }
  if (content === undefined) return { ...head, k: null }
  if (content.kind !== 'file') return { ...head, k: content.kind, t: content.body }
  return { ...head, k: 'file', n: content.fileName, z: content.fileSize, h: content.fileHash, y: content.fileType }
}

/** As PostgreSQL reads a bytea. */
const spellBytes = (hex: string) => `\\x${hex}`
