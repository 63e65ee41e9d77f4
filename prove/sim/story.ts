import { type Chance, makeChance } from '../../src/kit/chance.ts'

/** Who is at the other end of the market. A fault hits the next call on its line. */
const lines = ['mirror', 'shop', 'buyer', 'notification'] as const
export type Line = (typeof lines)[number]

const faultKinds = [
  /** There is no connection. */
  'refused',
  'request lost',
  'answer lost',
  /** The request comes, and nobody hears of it again. */
  'answer never',
  'request never',
  /** The answer breaks off in the middle. */
  'answer cut',
  /** Something in between answers 503. */
  'away',
  'request late',
  'answer late',
  /** It comes once more, later; only of what may be repeated. */
  'twice',
] as const
export type FaultKind = (typeof faultKinds)[number]

export type Fault = { kind: FaultKind; ms: number }

type Deed =
  | { does: 'buyerOpens' | 'shopOpens'; order: number }
  | { does: 'buyerWrites' | 'shopSends' | 'shopInsists' | 'shopSendsOnce' | 'shopReads' | 'marketCloses'; chat: number }
  | { does: 'mirrorDies'; ms: number }
  | { does: 'delivererDies' | 'delivererFreezes'; which: number; ms: number }
  /** What market processes tell each other is lost for so long. */
  | { does: 'hintsLost'; ms: number }
  | { does: 'fault'; line: Line; fault: Fault }

/** One thing that happens, at its moment. */
export type Step = { atMs: number; shop: number } & Deed

/** A world and what happens in it. All of it is data, so that it can be shortened. */
export type Story = {
  seed: number
  shops: number
  deliverers: number
  /** The shops' clocks against the market's. */
  aheadMs: number
  /** The shops' side of the line drops idempotency keys, and what the market says of them. */
  isKeyless: boolean
  hasHints: boolean
  /** Whether the mirrors read news at once. */
  isPrompt: boolean
  /** How long a statement, and a request or an answer, may be on its way. */
  statementMs: number
  travelMs: number
  steps: Step[]
}

export const ordersOfShop = 6

const acting = [
  ...Array<'buyerWrites'>(6).fill('buyerWrites'),
  ...(['shopSends', 'shopSends', 'shopInsists', 'shopInsists', 'shopSendsOnce', 'shopSendsOnce'] as const),
  ...(['shopReads', 'buyerOpens', 'shopOpens'] as const),
]
const mishaps = [
  ...Array<'fault'>(10).fill('fault'),
  ...Array<'mirrorDies'>(4).fill('mirrorDies'),
  ...([
    'delivererDies',
    'delivererDies',
    'delivererDies',
    'delivererFreezes',
    'delivererFreezes',
    'hintsLost',
  ] as const),
]
const pausesMs = [0, 0, 0.5, 3, 40, 300, 900, 2_500]
const downMs = [1, 200, 1_500, 4_000, 15_000]
const lateMs = [5, 80, 700, 3_000, 12_000, 45_000]

/** The story of a seed. */
export function makeStory(seed: number): Story {
  const chance = makeChance('sim', seed)
  const shops = chance.happens(0.25) ? 2 : 1
  const steps: Step[] = Array.from({ length: shops }, (_, shop) => ({ atMs: 0, shop, does: 'shopOpens', order: 0 }))
  const add = (atMs: number, deed: Deed) =>
    steps.push({ atMs: Math.round(atMs * 1000) / 1000, shop: Math.floor(chance.next() * shops), ...deed })
  let atMs = 200
  for (let left = Math.floor(chance.between(6, 24)); left > 0; left--) {
    atMs += chance.choose(pausesMs) * chance.between(0.5, 1.5)
    add(atMs, deedOf(chance, chance.happens(0.4) ? chance.choose(mishaps) : chance.choose(acting)))
  }
  // What comes after the last message is not mended by a later one.
  while (chance.happens(0.5)) {
    atMs += chance.between(0, 4_000)
    add(atMs, deedOf(chance, chance.choose(mishaps)))
  }
  // Of a chance of their own: the rest of a story is what it would be without them.
  const endings = makeChance('sim', seed, 'endings')
  for (let left = endings.happens(0.5) ? Math.ceil(endings.between(0, 3)) : 0; left > 0; left--) {
    const chat = Math.floor(endings.next() * ordersOfShop)
    const shop = Math.floor(endings.next() * shops)
    steps.push({ atMs: Math.round(endings.between(200, atMs)), shop, does: 'marketCloses', chat })
  }
  steps.sort((one, other) => one.atMs - other.atMs)
  return {
    ...{ seed, shops, steps },
    deliverers: chance.choose([1, 1, 2]),
    aheadMs: chance.choose([0, 0, 333, -3_600_000]),
    isKeyless: chance.happens(0.2),
    hasHints: chance.happens(0.85),
    statementMs: chance.choose([0, 2, 2, 30]),
    travelMs: chance.choose([1, 20, 20, 200]),
    isPrompt: chance.happens(0.5),
  }
}

function deedOf(chance: Chance, does: (typeof acting)[number] | (typeof mishaps)[number]): Deed {
  switch (does) {
    case 'buyerOpens':
    case 'shopOpens':
      return { does, order: Math.floor(chance.next() * ordersOfShop) }
    case 'fault':
      return { does, line: chance.choose(lines), fault: { kind: chance.choose(faultKinds), ms: chance.choose(lateMs) } }
    case 'mirrorDies':
    case 'hintsLost':
      return { does, ms: chance.choose(downMs) }
    case 'delivererDies':
    case 'delivererFreezes':
      return { does, which: Math.floor(chance.next() * 2), ms: chance.choose(downMs) }
    default:
      return { does, chat: Math.floor(chance.next() * ordersOfShop) }
  }
}
