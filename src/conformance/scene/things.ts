import type { Said } from '../findings/finding.ts'

/** A key beside the one that is checked. */
export type OtherKey = { token: string; businessId: bigint; campaignId: bigint }

/** What a check may need to be there. Each is found by reading, or was given. */
export type Things = {
  campaignId: bigint
  /** The campaign's business has so many campaigns that a walk has pages. */
  manyCampaigns: true
  chatId: bigint
  messageId: bigint
  orderChat: bigint
  orderId: bigint
  returnChat: bigint
  directChat: bigint
  /** About an order whose id no JavaScript number holds. */
  giantChat: bigint
  giantOrderId: bigint
  emptyChat: bigint
  /** With a text and a file. */
  mixedChat: bigint
  /** With more messages than a page has by default. */
  longChat: bigint
  /** More than one chat, more than a page has by default. */
  severalChats: true
  manyChats: true
  /** More than two orders of the last 30 days. */
  severalOrders: true
  /** The newest order. */
  listedOrder: bigint
  revokedKey: string
  foreignKey: OtherKey
  foreignChat: bigint
  foreignOrderId: bigint
  disabledKey: OtherKey
  /** By the scope that is the only one of the key. */
  keysByScope: ReadonlyMap<string, string>
  writeChat: bigint
  writeOrder: bigint
  /** An order without a chat, to open one about. */
  freshOrder: bigint
  finishedChat: bigint
}
export type Need = keyof Things

const chat = (en: string, ru: string): Said => ({
  en: `among the newest chats there is no ${en}`,
  ru: `среди последних чатов нет ${ru}`,
})

const extraKey = (en: string, ru: string): Said => ({
  en: `needs ${en}: give one with --extra-key`,
  ru: `нужен ${ru}: укажите его в --extra-key`,
})

const writing: Said = {
  en: 'writes, and the run only reads (--write-to-chat)',
  ru: 'проверка пишет, а запуск только читает (--write-to-chat)',
}
const foreign = extraKey('a key of another business', 'ключ другого кабинета')

/** Why a check is not made that needs what is not there. */
export const reasons: Record<Need, Said> = {
  campaignId: { en: 'the key opens no campaign', ru: 'ключ не открывает ни одного магазина' },
  manyCampaigns: { en: 'the business has fewer than 3 campaigns', ru: 'в кабинете меньше 3 магазинов' },
  chatId: chat('chat with messages', 'чата с сообщениями'),
  messageId: chat('chat with messages', 'чата с сообщениями'),
  orderChat: chat('chat about an order', 'чата по заказу'),
  orderId: chat('chat about an order', 'чата по заказу'),
  returnChat: chat('chat about a return', 'чата по возврату'),
  directChat: chat('direct chat', 'прямого чата'),
  giantChat: chat('order id beyond 2^53', 'номера заказа больше 2^53'),
  giantOrderId: chat('order id beyond 2^53', 'номера заказа больше 2^53'),
  emptyChat: chat('chat without messages', 'чата без сообщений'),
  mixedChat: chat('chat with both texts and files', 'чата и с текстом, и с файлом'),
  longChat: chat('chat with more than 50 messages', 'чата, где больше 50 сообщений'),
  severalChats: { en: 'the business has fewer than 3 chats', ru: 'в кабинете меньше 3 чатов' },
  manyChats: { en: 'the business has no more than 10 chats', ru: 'в кабинете не больше 10 чатов' },
  severalOrders: {
    en: 'the business has fewer than 3 orders of the last 30 days',
    ru: 'в кабинете меньше 3 заказов за 30 дней',
  },
  listedOrder: { en: 'the business has no order of the last 30 days', ru: 'в кабинете нет заказов за 30 дней' },
  revokedKey: extraKey('a revoked key', 'отозванный ключ'),
  foreignKey: foreign,
  foreignChat: foreign,
  foreignOrderId: foreign,
  disabledKey: extraKey('a key of a disabled business', 'ключ отключённого кабинета'),
  keysByScope: extraKey('a key with one scope alone', 'ключ с одним-единственным доступом'),
  writeChat: writing,
  writeOrder: { en: 'the chat written to is about no order', ru: 'чат для записи не связан с заказом' },
  finishedChat: {
    en: 'needs a finished chat to write into (--finished-chat)',
    ru: 'нужен завершённый чат для записи (--finished-chat)',
  },
  freshOrder: { en: 'needs an order without a chat (--order)', ru: 'нужен заказ без чата (--order)' },
}
