import { makeChance } from '#kit'
import type { PictureName } from '../../files/picture.ts'
import { type Persona, personas } from '../personas/index.ts'
import type { Intent } from '../personas/intents.ts'
import type { Voice } from '../personas/voice.ts'

/** Who writes, why, and by which seed: the same role says the same words. */
export type Role = { persona: Persona; intent: Intent; seed: number }

type Goods = { offerId: string; name: string; picture: PictureName }

const mug: Goods = { offerId: 'mug-350', name: 'Кружка керамическая «Речной туман», 350 мл', picture: 'chippedMug' }
const teaSet: Goods = { offerId: 'tea-6', name: 'Чайная пара фарфоровая, 6 шт.', picture: 'chippedMug' }
const jumper: Goods = { offerId: 'jumper-48', name: 'Джемпер вязаный, 48', picture: 'twoColouredJumper' }
const cardigan: Goods = { offerId: 'cardigan-46', name: 'Кардиган шерстяной, 46', picture: 'twoColouredJumper' }
const book: Goods = { offerId: 'book-birds', name: 'Атлас птиц, подарочное издание', picture: 'crushedBook' }
const notebook: Goods = { offerId: 'notebook-a5', name: 'Ежедневник в линейку, А5', picture: 'crushedBook' }

const wearables = [jumper, cardigan]
const anything = [mug, teaSet, jumper, cardigan, book, notebook]
const goodsFor: Record<Intent, readonly Goods[]> = {
  'where-is-my-order': [book, notebook, mug],
  'wrong-size': wearables,
  'defect-with-photo': anything,
  return: anything,
  invoice: anything,
  'in-stock': wearables,
}

const orderStatuses: Record<Intent, string> = {
  'where-is-my-order': 'DELIVERY',
  'wrong-size': 'DELIVERED',
  'defect-with-photo': 'DELIVERED',
  return: 'DELIVERED',
  invoice: 'DELIVERED',
  'in-stock': 'PROCESSING',
}

export type Character = { voice: Voice; name: string; goods: Goods; orderStatus: string }

/** Who speaks in a role, and about which goods. */
export function characterOf({ persona, intent, seed }: Role): Character {
  const chance = makeChance(seed, persona, intent, 'cast') // part of the seed: another word would change every conversation
  const voice = chance.choose<Voice>(personas[persona].voices)
  return {
    voice,
    name: chance.choose(voice.names),
    goods: chance.choose(goodsFor[intent]),
    orderStatus: orderStatuses[intent],
  }
}
