import { createChat } from './create-chat.ts'
import { getAuthTokenInfo } from './get-auth-token-info.ts'
import { getBusinessOrders } from './get-business-orders.ts'
import { getCampaign } from './get-campaign.ts'
import { getCampaigns } from './get-campaigns.ts'
import { getChat } from './get-chat.ts'
import { getChatHistory } from './get-chat-history.ts'
import { getChatMessage } from './get-chat-message.ts'
import { getChats } from './get-chats.ts'
import { sendFileToChat } from './send-file-to-chat.ts'
import { sendMessageToChat } from './send-message-to-chat.ts'

/** Every operation of the published API that Prilavok speaks, by its published name. */
export const operations = {
  getChats,
  getChat,
  createChat,
  getChatHistory,
  getChatMessage,
  sendMessageToChat,
  sendFileToChat,
  getCampaigns,
  getCampaign,
  getBusinessOrders,
  getAuthTokenInfo,
} as const

export type Operations = typeof operations
export type OperationName = keyof Operations
