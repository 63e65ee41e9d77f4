import type { Russian } from '../../ui/i18n.ts'

export const en = {
  make: 'New test order',
  order: 'Order',
  buyer: 'Buyer',
  store: 'Store',
  created: 'Created',
  expires: 'Expires',
  chat: 'Open the chat',
  remove: 'Remove the order',
  removeDo: 'Remove',
  removeQuestion: 'Order {{id}} and its chat are removed for good.',
  removed: 'Order {{id}} is removed',
  emptyTitle: 'No test orders yet',
  emptyHint_one:
    'A test order is for trying an integration: create one, open its chat, and answer in it through the API. It is removed with its chat after {{count}} day.',
  emptyHint_other:
    'A test order is for trying an integration: create one, open its chat, and answer in it through the API. It is removed with its chat after {{count}} days.',
  makeTitle: 'New test order',
  makeStore: 'Store',
  makeCustomer: 'Customer’s name',
  makeCustomerExample: 'Test customer',
  makeCustomerNote: 'The customer is created for this order and does not answer.',
  makeDo: 'Create the order',
  made: 'Order {{id}} created',
  noStore: 'The business has no store yet. Name the first one: the order will belong to it.',
  noStoreName: 'Name of the store',
} as const

export const ru: Russian<typeof en> = {
  make: 'Новый тестовый заказ',
  order: 'Заказ',
  buyer: 'Покупатель',
  store: 'Магазин',
  created: 'Создан',
  expires: 'Удалится',
  chat: 'Открыть чат',
  remove: 'Удалить заказ',
  removeDo: 'Удалить',
  removeQuestion: 'Заказ {{id}} удалится вместе с чатом. Отменить это нельзя.',
  removed: 'Заказ {{id}} удалён',
  emptyTitle: 'Тестовых заказов пока нет',
  emptyHint_one:
    'Тестовый заказ нужен, чтобы проверить интеграцию: создайте его, откройте чат по нему и ответьте через API. Через {{count}} день он удалится вместе с чатом.',
  emptyHint_few:
    'Тестовый заказ нужен, чтобы проверить интеграцию: создайте его, откройте чат по нему и ответьте через API. Через {{count}} дня он удалится вместе с чатом.',
  emptyHint_many:
    'Тестовый заказ нужен, чтобы проверить интеграцию: создайте его, откройте чат по нему и ответьте через API. Через {{count}} дней он удалится вместе с чатом.',
  emptyHint_other:
    'Тестовый заказ нужен, чтобы проверить интеграцию: создайте его, откройте чат по нему и ответьте через API. Через {{count}} дня он удалится вместе с чатом.',
  makeTitle: 'Новый тестовый заказ',
  makeStore: 'Магазин',
  makeCustomer: 'Имя покупателя',
  makeCustomerExample: 'Тестовый покупатель',
  makeCustomerNote: 'Покупатель создаётся для этого заказа и сам не отвечает.',
  makeDo: 'Создать заказ',
  made: 'Заказ {{id}} создан',
  noStore: 'В кабинете ещё нет магазина. Назовите первый: заказ будет относиться к нему.',
  noStoreName: 'Название магазина',
}
