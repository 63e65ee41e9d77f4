import type { Inside, PlacementType } from '#contract'

/** The demo cabinet: its shops, buyers, orders and returns. Numbers are made up. */
export const businessName = 'Дом и двор'

export const shops: readonly { domain: string; placementType: Inside<PlacementType> }[] = [
  { domain: 'Тёплая кухня', placementType: 'fbs' },
  { domain: 'Книжный двор', placementType: 'fby' },
  { domain: 'Велосклад', placementType: 'dbs' },
]

export const buyers = [
  'Анна Соколова',
  'Игорь Лебедев',
  'Марина К.',
  'Тимур Галиев',
  'Ольга Петренко',
  'Дмитрий В.',
  'Светлана Юрьева',
  'Павел Нестеров',
  'Айгуль Сафина',
  'Николай Белов',
  'Вера Иванова',
  'Артём Ким',
] as const

const goods: readonly (readonly string[])[] = [
  [
    'Кружка керамическая «Синий вечер», 350 мл',
    'Сковорода чугунная 26 см',
    'Полотенце льняное',
    'Джемпер домашний вязаный',
    'Набор ножей, 5 шт.',
  ],
  [
    'Н. Лесков. Очарованный странник',
    'Атлас созвездий для детей',
    'Кулинарная книга «Хлеб дома»',
    'Ежедневник в клетку',
    'Энциклопедия птиц',
  ],
  ['Велосипед городской, рама 18"', 'Шлем велосипедный, L', 'Замок тросовый', 'Фара передняя', 'Насос напольный'],
]

const statuses = ['PROCESSING', 'DELIVERY', 'PICKUP', 'DELIVERED', 'DELIVERED', 'CANCELLED'] as const

export type DemoOrder = { number: bigint; shop: number; buyer: number; status: string; item: string; daysAgo: number }

const ordersCount = 30
const firstOrderNumber = 512_340_017n

/** Thirty orders, spread over shops and buyers; the n-th is always the same. */
export const orders: readonly DemoOrder[] = Array.from({ length: ordersCount }, (_, n) => {
  const shop = n % shops.length
  const items = goods[shop] ?? []
  return {
    number: firstOrderNumber + BigInt(n * 1_313),
    shop,
    buyer: (n * 5) % buyers.length,
    status: statuses[n % statuses.length] ?? 'DELIVERED',
    item: items[Math.floor(n / shops.length) % items.length] ?? '',
    daysAgo: 1 + (n % 20),
  }
})

/** Six returns, by the index of their order; none of the DBS shop's. */
export const returns: readonly { number: bigint; order: number }[] = [0, 1, 3, 9, 10, 16].map((order, n) => ({
  number: 7_700_101n + BigInt(n * 17),
  order,
}))
