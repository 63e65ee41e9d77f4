import type { BusinessId, ChatId } from '#contract'

/** Names one chat. */
export type ChatKey = { businessId: BusinessId; chatId: ChatId }
