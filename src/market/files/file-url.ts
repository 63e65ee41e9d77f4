import type { BusinessId, ChatId } from '#contract'

/** Where a message's file is to be had from outside. */
export type FileUrl = (businessId: BusinessId, chatId: ChatId, messageId: bigint) => string
