import { type BusinessId, refusals } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { Batcher } from '#kit'
import { type BatchLane, batchingOf, businessOf, type Layout } from '../store/layout.ts'
import { type ChatAsked, type ChatsAsked, type ChatsPage, readChat, readChats } from '../store/reads/chats.ts'
import {
  type HistoryAsked,
  type HistoryPage,
  type MessageAsked,
  type ReadMessage,
  readHistory,
  readMessage,
} from '../store/reads/messages.ts'

const batching = { max: 32, queue: { max: 10_000, fullError: refusals.unavailable } }

type ReadboxOptions = { sql: Sql; layout: Layout; filesUrl: () => string }

/** Reads what shops ask for, many in one statement: what arrives while others are read goes together in the next one. */
export class Readbox {
  readonly chats: (asked: ChatsAsked) => Promise<ChatsPage>
  readonly chat: (asked: ChatAsked) => Promise<{ chat: string | null }>
  readonly history: (asked: HistoryAsked) => Promise<HistoryPage>
  readonly message: (asked: MessageAsked) => Promise<ReadMessage>

  constructor({ sql, layout, filesUrl }: ReadboxOptions) {
    const together = togetherIn(layout)
    this.chats = together((asked, lane) => readChats(sql, asked, lane))
    this.chat = together((asked, lane) => readChat(sql, asked, lane))
    this.history = together((asked, lane) => readHistory(sql, asked, { files: filesUrl(), lane }))
    this.message = together((asked, lane) => readMessage(sql, asked, { files: filesUrl(), lane }))
  }
}

type Asking = { businessId: BusinessId }
type Work<Asked, Read> = (asked: Asked[], lane: BatchLane) => Promise<Read[]>

const togetherIn =
  (layout: Layout) =>
  <Asked extends Asking, Read>(work: Work<Asked, Read>): ((asked: Asked) => Promise<Read>) => {
    const batcher = new Batcher({ ...batching, ...batchingOf(layout, businessOf), work, isAboutAll: isDatabaseAway })
    return asked => batcher.add(asked)
  }
