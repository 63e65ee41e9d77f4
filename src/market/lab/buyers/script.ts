import type { OrderId } from '#contract'
import { type Chance, makeChance } from '#kit'
import { personas } from '../personas/index.ts'
import type { Act, Reaction, Step } from './act.ts'
import { type Plot, plotOf, plots } from './plots.ts'
import { reactionsIn } from './reactions.ts'
import { characterOf, type Role } from './role.ts'

/** A role in a chat; `orderId` is null in a direct chat. Without a plot: the persona's own. */
export type ScriptRequest = Role & { plot?: Plot; orderId: OrderId | null }

const thinkSeconds = [2, 8] as const

/** What the buyer says and does, step by step. It follows from the request alone. */
export function stepsOf(request: ScriptRequest): Step[] {
  const chance = makeChance(request.seed, request.persona, request.intent, 'script')
  const { voice, goods } = characterOf(request)
  const plot = request.plot ?? plotOf[request.persona]
  const think = () => thinking(chance, request)
  let photoNumber = Math.floor(chance.between(1000, 9000))
  const photo = (): Act => ({ kind: 'photo', picture: goods.picture, name: `IMG_${photoNumber++}.png` })
  return plots[plot]({ voice, intent: request.intent, chance, think, say: sayIn(request), photo })
}

/** What the buyer answers when the shop asks for something, before the conversation goes on. */
export function reactionsOf(request: ScriptRequest): Reaction[] {
  const chance = makeChance(request.seed, request.persona, request.intent, 'reactions')
  const { voice, goods } = characterOf(request)
  return reactionsIn(voice.answers, { chance, picture: goods.picture, hasOrder: request.orderId !== null }).map(
    ({ when, act }) => ({ when, delaySeconds: thinking(chance, request), act: filled(act, request) }),
  )
}

function thinking(chance: Chance, { persona }: Role): number {
  return chance.between(...thinkSeconds) * personas[persona].pace
}

function sayIn(request: ScriptRequest) {
  return (line: string): Act => filled({ kind: 'text', text: line }, request)
}

function filled(act: Act, { orderId }: ScriptRequest): Act {
  return act.kind === 'text' ? { ...act, text: act.text.replaceAll('{order}', `${orderId ?? ''}`) } : act
}
