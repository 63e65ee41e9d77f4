import type { BusinessId, ChatId } from '#contract'

/** What the addresses of files begin with; business, chat and message follow. */
export const filesUrl = (publicUrl: string) => `${publicUrl}/files/`

/** Where a message's file is to be had from outside. */
export type FileUrl = (businessId: BusinessId, chatId: ChatId, messageId: bigint) => string
