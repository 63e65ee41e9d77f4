import type { OrderId } from '#contract'
import { type Chance, makeChance } from '#kit'
import { personas } from '../personas/index.ts'
import type { Act, Reaction, Step } from './act.ts'
import { type Plot, plotOf, plots } from './plots.ts'
import { reactionsIn } from './reactions.ts'
import { castOf, type Tale } from './role.ts'

/** Without an order in a direct chat. Without a plot: the persona's own. */
export type Told = Tale & { plot?: Plot; orderId: OrderId | null }

const thinkSeconds = [2, 8] as const

/** What the buyer says and does, step by step. The same tale, the same steps; nothing else has a say in it. */
export function scriptOf(told: Told): Step[] {
  const chance = makeChance(told.seed, told.persona, told.intent, 'script')
  const { voice, goods } = castOf(told)
  const plot = told.plot ?? plotOf[told.persona]
  const think = () => thinking(chance, told)
  let photoNumber = Math.floor(chance.between(1000, 9000))
  const photo = (): Act => ({ kind: 'photo', picture: goods.picture, name: `IMG_${photoNumber++}.png` })
  return plots[plot]({ voice, intent: told.intent, chance, think, say: sayIn(told), photo })
}

/** What the buyer answers when the shop asks for something, before the conversation goes on. */
export function reactionsOf(told: Told): Reaction[] {
  const chance = makeChance(told.seed, told.persona, told.intent, 'reactions')
  const { voice, goods } = castOf(told)
  return reactionsIn(voice.answers, { chance, picture: goods.picture, hasOrder: told.orderId !== null }).map(
    ({ when, act }) => ({ when, delaySeconds: thinking(chance, told), act: filled(act, told) }),
  )
}

function thinking(chance: Chance, { persona }: Tale): number {
  return chance.between(...thinkSeconds) * personas[persona].pace
}

function sayIn(told: Told) {
  return (line: string): Act => filled({ kind: 'text', text: line }, told)
}

function filled(act: Act, { orderId }: Told): Act {
  return act.kind === 'text' ? { ...act, text: act.text.replaceAll('{order}', `${orderId ?? ''}`) } : act
}
