import type { Russian } from '../../ui/i18n.ts'

export const en = {
  make: 'New test order',
  order: 'Order',
  store: 'Store',
  created: 'Created',
  expires: 'Expires',
  chat: 'Create a test chat',
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
  store: 'Магазин',
  created: 'Создан',
  expires: 'Удалится',
  chat: 'Создать тестовый чат',
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
