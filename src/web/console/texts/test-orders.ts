import type { Russian } from '../../ui/i18n.ts'

export const en = {
  make: 'New test order',
  order: 'Order',
  customer: 'Buyer',
  shop: 'Shop',
  created: 'Made',
  expires: 'Removed',
  chat: 'Create a test chat',
  emptyTitle: 'No test order yet',
  emptyHint_one:
    'A test order is for trying an integration: make one, open its chat, and answer in it through the API. It is removed with its chat after {{count}} day.',
  emptyHint_other:
    'A test order is for trying an integration: make one, open its chat, and answer in it through the API. It is removed with its chat after {{count}} days.',
  makeTitle: 'New test order',
  makeShop: 'Shop',
  makeBuyer: 'Buyer’s name',
  makeBuyerExample: 'Test buyer',
  makeBuyerNote: 'The buyer is made for this order and does not answer by itself.',
  makeDo: 'Make the order',
  made: 'Order {{id}} is made',
  noShop: 'The cabinet has no shop yet. Name the first one: the order will be its.',
  noShopName: 'Name of the shop',
} as const

export const ru: Russian<typeof en> = {
  make: 'Новый тестовый заказ',
  order: 'Заказ',
  customer: 'Покупатель',
  shop: 'Магазин',
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
  makeShop: 'Магазин',
  makeBuyer: 'Имя покупателя',
  makeBuyerExample: 'Тестовый покупатель',
  makeBuyerNote: 'Покупатель создаётся для этого заказа и сам не отвечает.',
  makeDo: 'Создать заказ',
  made: 'Заказ {{id}} создан',
  noShop: 'В кабинете ещё нет магазина. Назовите первый: заказ будет его.',
  noShopName: 'Название магазина',
}
