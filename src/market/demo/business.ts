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

type Goods = readonly [name: string, roubles: number]

/** Of each campaign: its five goods. */
const goods: readonly (readonly Goods[])[] = [
  [
    ['Кружка керамическая «Синий вечер», 350 мл', 690],
    ['Сковорода чугунная 26 см', 2_490],
    ['Полотенце льняное 50 × 70 см, 2 шт.', 1_150],
    ['Джемпер домашний вязаный', 3_900],
    ['Набор ножей, 5 шт.', 4_280],
  ],
  [
    ['Н. Лесков. Очарованный странник', 540],
    ['Атлас созвездий для детей', 1_390],
    ['Кулинарная книга «Хлеб дома»', 1_870],
    ['Ежедневник в клетку', 620],
    ['Энциклопедия птиц, том 1', 2_150],
  ],
  [
    ['Велосипед городской, рама 18"', 38_900],
    ['Шлем велосипедный, L', 4_700],
    ['Замок тросовый', 1_290],
    ['Фара передняя', 1_640.5],
    ['Насос напольный', 2_300],
  ],
]

const statuses = ['PROCESSING', 'DELIVERY', 'PICKUP', 'DELIVERED', 'DELIVERED', 'CANCELLED'] as const
type Status = (typeof statuses)[number]

/** Where the conversation about an order tells how far it is. */
const statusesTold: Partial<Record<number, Status>> = {
  ...{ 1: 'DELIVERED', 6: 'DELIVERED', 7: 'DELIVERED', 12: 'DELIVERED', 13: 'DELIVERED' },
  ...{ 2: 'PROCESSING', 5: 'PROCESSING', 14: 'PROCESSING', 8: 'DELIVERY' },
}

/** `campaign` and `customer` are indexes of the lists above. `price` is of one piece, in roubles. */
type DemoOrder = {
  orderId: OrderId
  campaign: number
  customer: number
  status: string
  items: { offerId: string; name: string; count: number; price: number }[]
  daysAgo: number
  /** Of parcels that the shop sends itself. */
  trackCode?: string
}

const ordersCount = 30
const firstOrderNumber = 512_340_017

/** Thirty orders, spread over campaigns and customers: always the same. */
export const orders: readonly DemoOrder[] = Array.from({ length: ordersCount }, (_, n) => {
  const campaign = n % campaigns.length
  const status = statusesTold[n] ?? statuses[n % statuses.length] ?? 'DELIVERED'
  const isOnItsWay = status === 'DELIVERY' && campaigns[campaign]?.placementType === 'dbs'
  return {
    orderId: idFrom<OrderId>(`${firstOrderNumber + n * 1_313}`),
    campaign,
    customer: (n * 5) % customerNames.length,
    status,
    items: itemsOf(campaign, n),
    daysAgo: 1 + (n % 20),
    ...(isOnItsWay && { trackCode: `VS${1_000_000 + n * 7_919}` }),
  }
})

/** One of the campaign's goods; with every fourth order another beside it. */
function itemsOf(campaign: number, n: number): DemoOrder['items'] {
  const shelf = goods[campaign] ?? []
  const first = Math.floor(n / campaigns.length) % shelf.length
  return (n % 4 === 3 ? [first, (first + shelf.length - 1) % shelf.length] : [first]).flatMap((place, beside) => {
    const [name, price] = shelf[place] ?? []
    if (name === undefined || price === undefined) return []
    return [{ offerId: `demo-${campaign + 1}-${place + 1}`, name, price, count: beside + 1 }]
  })
}

/** Six returns, `order` by its index; none of the DBS campaign's. */
export const returns: readonly { returnId: ReturnId; order: number }[] = [0, 1, 3, 9, 10, 16].map((order, n) => ({
  returnId: idFrom<ReturnId>(`${7_700_101 + n * 17}`),
  order,
}))
