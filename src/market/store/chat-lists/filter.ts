import type { ChatStatus, ChatType, Inside } from '#contract'
import type { ChatPosition } from '../chats.ts'

export type AdminChatFilter = {
  status?: Inside<ChatStatus> | undefined
  finished?: boolean | undefined
  type?: Inside<ChatType> | undefined
  fake?: boolean | undefined
  /** The chat, or the order or return that it is about. */
  number?: bigint | undefined
  /** How the customer's name begins, in any case. */
  name?: string | undefined
}

/** `maxLooked`: how many chats are looked through for what no index has. */
export type AdminChatsPage = { before: ChatPosition | undefined; limit: number; maxLooked: number }
