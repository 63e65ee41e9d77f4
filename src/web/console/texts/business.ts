import type { Russian } from '../../ui/i18n.ts'

export const en = {
  finishedChats: 'The shop writes to a finished chat',
  finishedChatsNote:
    'Takes effect at once, also for chats already finished. The customer may always write: that reopens the chat.',
  refuse: 'Refuse the message',
  refuseNote: 'The shop gets 400 “Chat with id … is closed”, the chat stays finished. This is the default.',
  reopen: 'Reopen the chat',
  reopenNote: 'The customer gets the message, and the chat waits for the customer.',
  directMessages: 'Questions without an order',
  directMessagesNote: 'Which customers may start a chat that is not about an order or a return.',
  off: 'Nobody',
  offNote: 'Existing chats stay.',
  subscribers: 'Subscribers',
  subscribersNote: 'Customers who follow the business.',
  all: 'Everybody',
  allNote: 'Any customer of the marketplace.',
  testChats: 'Customers in test chats',
  testChatsNote: 'Whether anybody answers in a chat about a test order.',
  silent: 'Silent',
  silentNote: 'As on the real Market: the shop writes, nobody answers. This is the default.',
  answer: 'Answer',
  answerNote: 'You write as the customer on the chat’s page, and buyers of the lab may write too.',
} as const

export const ru: Russian<typeof en> = {
  finishedChats: 'Магазин пишет в завершённый чат',
  finishedChatsNote:
    'Действует сразу, в том числе для чатов, завершённых раньше. Покупатель может писать всегда: его сообщение открывает чат снова.',
  refuse: 'Отклонять сообщение',
  refuseNote: 'Магазин получает 400 «Chat with id … is closed», чат остаётся завершённым. Так по умолчанию.',
  reopen: 'Открывать чат снова',
  reopenNote: 'Покупатель получает сообщение, и чат ждёт его ответа.',
  directMessages: 'Вопросы без заказа',
  directMessagesNote: 'Кто из покупателей может начать чат, который не связан ни с заказом, ни с возвратом.',
  off: 'Никто',
  offNote: 'Уже начатые чаты остаются.',
  subscribers: 'Подписчики',
  subscribersNote: 'Покупатели, которые подписаны на кабинет.',
  all: 'Все',
  allNote: 'Любой покупатель маркетплейса.',
  testChats: 'Покупатели в тестовых чатах',
  testChatsNote: 'Отвечает ли кто-нибудь в чате по тестовому заказу.',
  silent: 'Молчат',
  silentNote: 'Как в настоящем Маркете: магазин пишет, но никто не отвечает. Так по умолчанию.',
  answer: 'Отвечают',
  answerNote: 'За покупателя можно писать на странице чата; могут писать и покупатели лаборатории.',
}
