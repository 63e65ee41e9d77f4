import { refusals } from '#contract'
import { isDatabaseAway, type Sql } from '#database'
import { Batcher } from '#kit'
import { type ChatAsked, type ChatsAsked, type ChatsPage, readChat, readChats } from '../store/reads/chats.ts'
import {
  type HistoryAsked,
  type HistoryPage,
  type MessageAsked,
  type ReadMessage,
  readHistory,
  readMessage,
} from '../store/reads/messages.ts'

const batching = { max: 32, inFlight: 2, queue: { max: 10_000, fullError: refusals.unavailable } }

type ReadboxOptions = { sql: Sql; filesUrl: () => string }

/** Reads what shops ask for, many in one statement: what arrives while others are read goes together in the next one. */
export class Readbox {
  readonly chats: (asked: ChatsAsked) => Promise<ChatsPage>
  readonly chat: (asked: ChatAsked) => Promise<{ chat: string | null }>
  readonly history: (asked: HistoryAsked) => Promise<HistoryPage>
  readonly message: (asked: MessageAsked) => Promise<ReadMessage>

  constructor({ sql, filesUrl }: ReadboxOptions) {
    this.chats = together(asked => readChats(sql, asked))
    this.chat = together(asked => readChat(sql, asked))
    this.history = together(asked => readHistory(sql, filesUrl(), asked))
    this.message = together(asked => readMessage(sql, filesUrl(), asked))
  }
}

function together<Asked, Read>(work: (asked: Asked[]) => Promise<Read[]>): (asked: Asked) => Promise<Read> {
  const batcher = new Batcher({ ...batching, work, isAboutAll: isDatabaseAway })
  return asked => batcher.add(asked)
}
