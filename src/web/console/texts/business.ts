import type { Russian } from '../../ui/i18n.ts'

export const en = {
  finishedChats: 'The shop writes to a finished chat',
  finishedChatsNote:
    'Holds at once, for chats that were finished before too. The customer may always write: that opens the chat again.',
  refuse: 'Refuse the message',
  refuseNote: 'The shop gets 400 “Chat with id … is closed”, the chat stays finished. This is the default.',
  reopen: 'Open the chat again',
  reopenNote: 'The customer gets the message, and the chat waits for the customer.',
  directMessages: 'Questions without an order',
  directMessagesNote: 'Which customers may begin a chat that is about no order and no return.',
  off: 'Nobody',
  offNote: 'Chats that are there stay.',
  subscribers: 'Subscribers',
  subscribersNote: 'Customers who have subscribed to the business.',
  all: 'Everybody',
  allNote: 'Any customer of the marketplace.',
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
}
