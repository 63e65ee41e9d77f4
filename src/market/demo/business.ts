import { type Inside, idFrom, type OrderId, type PlacementType, type ReturnId } from '#contract'

/** The demo business: its campaigns, customers, orders and returns. Numbers are made up. */
export const businessName = 'Дом и двор'

export const campaigns: readonly { domain: string; placementType: Inside<PlacementType> }[] = [
  { domain: 'Тёплая кухня', placementType: 'fbs' },
  { domain: 'Книжный двор', placementType: 'fby' },
  { domain: 'Велосклад', placementType: 'dbs' },
]

export const customerNames = [
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

/** `campaign` and `customer` are indexes of the lists above. */
type DemoOrder = { orderId: OrderId; campaign: number; customer: number; status: string; item: string; daysAgo: number }

const ordersCount = 30
const firstOrderNumber = 512_340_017

/** Thirty orders, spread over campaigns and customers: always the same. */
export const orders: readonly DemoOrder[] = Array.from({ length: ordersCount }, (_, n) => {
  const campaign = n % campaigns.length
  const items = goods[campaign] ?? []
  return {
    orderId: idFrom<OrderId>(`${firstOrderNumber + n * 1_313}`),
    campaign,
    customer: (n * 5) % customerNames.length,
    status: statuses[n % statuses.length] ?? 'DELIVERED',
    item: items[Math.floor(n / campaigns.length) % items.length] ?? '',
    daysAgo: 1 + (n % 20),
  }
})

/** Six returns, `order` by its index; none of the DBS campaign's. */
export const returns: readonly { returnId: ReturnId; order: number }[] = [0, 1, 3, 9, 10, 16].map((order, n) => ({
  returnId: idFrom<ReturnId>(`${7_700_101 + n * 17}`),
  order,
}))
