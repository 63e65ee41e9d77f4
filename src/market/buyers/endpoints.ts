import type { Endpoint, NeedsOf } from '#serving'
import type { Buyer } from './buyer.ts'
import { listChatsOfCustomer } from './list-chats.ts'
import { listMessagesOfChat } from './list-messages.ts'
import { openChatAsCustomer } from './open-chat.ts'
import { listStickers, openDispute, sendFile, sendSticker, sendText } from './send-messages.ts'
import { streamEvents } from './stream-events.ts'

/** Every operation of the buyer API. */
export const buyerEndpoints = [
  listChatsOfCustomer,
  openChatAsCustomer,
  listMessagesOfChat,
  sendText,
  sendFile,
  sendSticker,
  listStickers,
  openDispute,
  streamEvents,
] as const satisfies readonly Endpoint<never, Buyer>[]

export type BuyerNeeds = NeedsOf<typeof buyerEndpoints>
