import type { Cabinet } from '#desk-protocol'

// No form of an address of one chat or one order in this cabinet is published.
const yandexCabinet = 'https://partner.market.yandex.ru/'

/** Where a person sees the chat at its marketplace; only an address of the web. */
export function marketAddress({ isYandex, baseUrl, businessId }: Cabinet, chatId: string): string | undefined {
  if (isYandex) return yandexCabinet
  const address = `${baseUrl.replace(/\/+$/, '')}/console/${businessId}/chats/${chatId}`
  return /^https?:\/\//.test(address) && URL.canParse(address) ? address : undefined
}
