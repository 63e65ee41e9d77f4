import { type BusinessId, type ChatId, idFrom } from '#contract'

/** Names one chat. */
export type ChatKey = { businessId: BusinessId; chatId: ChatId }

/** As a key of maps. */
export function serializeChatKey({ businessId, chatId }: ChatKey): string {
  return `${businessId}/${chatId}`
}

export function readChatKey(text: string): ChatKey {
  const [businessId = '', chatId = ''] = text.split('/')
  return { businessId: idFrom<BusinessId>(businessId), chatId: idFrom<ChatId>(chatId) }
}
