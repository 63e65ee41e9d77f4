import type { Sql } from '#database'
import type { Clock } from '#kit'
import type { PageTokens } from '#serving'
import type { Postbox } from '../chats/postbox.ts'
import type { Readbox } from '../chats/readbox.ts'
import type { FileStore } from '../files/file-store.ts'
import type { Bus } from '../live/bus.ts'
import { createChat } from './create-chat.ts'
import { getAuthTokenInfo } from './get-auth-token-info.ts'
import { getBusinessOrders } from './get-business-orders.ts'
import { getCampaign } from './get-campaign.ts'
import { getCampaigns } from './get-campaigns.ts'
import { getChat } from './get-chat.ts'
import { getChatHistory } from './get-chat-history.ts'
import { getChatMessage } from './get-chat-message.ts'
import { getChats } from './get-chats.ts'
import type { Handlers } from './operation-handler.ts'
import { sendFileToChat } from './send-file-to-chat.ts'
import { sendMessageToChat } from './send-message-to-chat.ts'

type Needs = {
  sql: Sql
  bus: Bus
  clock: Clock
  pageTokens: PageTokens
  postbox: Postbox
  readbox: Readbox
  files: FileStore
}

/** The published operations, each with its handler. */
export function publishedHandlers(market: Needs): Handlers {
  return {
    getChats: call => getChats(market, call),
    getChat: call => getChat(market, call),
    createChat: call => createChat(market, call),
    getChatHistory: call => getChatHistory(market, call),
    getChatMessage: call => getChatMessage(market, call),
    sendMessageToChat: call => sendMessageToChat(market, call),
    sendFileToChat: call => sendFileToChat(market, call),
    getCampaigns: call => getCampaigns(market, call),
    getCampaign: call => getCampaign(market, call),
    getBusinessOrders: call => getBusinessOrders(market, call),
    getAuthTokenInfo: call => getAuthTokenInfo(call),
  }
}
