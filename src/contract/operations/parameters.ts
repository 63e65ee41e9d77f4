import type { BusinessId, CampaignId, ChatId, MessageId } from '../ids.ts'
import { idOf } from '../schema.ts'

/** Parameters that several operations share. */
export const businessId = idOf<BusinessId>('The id of the cabinet.')
export const campaignId = idOf<CampaignId>('The id of the shop.')
export const chatId = idOf<ChatId>('The id of the chat.')
export const messageId = idOf<MessageId>('The id of the message.')
export const pageTokenAlias = { page_token: 'pageToken' }
