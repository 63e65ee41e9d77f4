import { keysOf } from '#contract'
import type { ChatSubject } from '../buyers/make-buyer.ts'
import type { Plot } from '../buyers/plots.ts'
import type { Persona } from '../personas/index.ts'
import type { Intent } from '../personas/intents.ts'

type ScenarioBuyer = { persona: Persona; intent: Intent; plot?: Plot; isDirect?: true }

type Scenario = {
  description: string
  buyers: readonly ScenarioBuyer[]
  /** An automatic message of the marketplace, in each chat after the first message. */
  notice?: string
}

const burstOf = 20
const crowd: readonly ScenarioBuyer[] = [
  { persona: 'patient', intent: 'where-is-my-order' },
  { persona: 'terse', intent: 'in-stock' },
  { persona: 'angry', intent: 'where-is-my-order' },
  { persona: 'photo-sender', intent: 'defect-with-photo' },
  { persona: 'patient', intent: 'return' },
]

/** Several buyers at once, by name. */
export const scenarios = {
  'where-is-my-order': {
    description: 'A patient buyer asks where the order is, and thanks for the answer.',
    buyers: [{ persona: 'patient', intent: 'where-is-my-order' }],
  },
  'wrong-size': {
    description: 'A buyer was sent the wrong size and wants to exchange it.',
    buyers: [{ persona: 'patient', intent: 'wrong-size' }],
  },
  'defect-with-photo': {
    description: 'A buyer shows a defect with photos.',
    buyers: [{ persona: 'photo-sender', intent: 'defect-with-photo' }],
  },
  'return-request': {
    description: 'A buyer asks how to send the goods back.',
    buyers: [{ persona: 'patient', intent: 'return' }],
  },
  invoice: {
    description: 'A buyer of few words needs the papers.',
    buyers: [{ persona: 'terse', intent: 'invoice' }],
  },
  'in-stock': {
    description: 'A buyer asks whether there is another one in stock.',
    buyers: [{ persona: 'patient', intent: 'in-stock' }],
  },
  'angry-and-impatient': {
    description: 'An angry buyer asks again within a minute, and is content with the third answer.',
    buyers: [{ persona: 'angry', intent: 'where-is-my-order' }],
  },
  'dispute-won-by-buyer': {
    description: 'A dispute: the arbiter asks the shop, decides for the buyer and finishes it.',
    buyers: [{ persona: 'disputing', intent: 'defect-with-photo', plot: 'wins a dispute' }],
  },
  'dispute-won-by-shop': {
    description: 'A dispute: the arbiter asks the shop, decides for it and finishes it.',
    buyers: [{ persona: 'disputing', intent: 'return', plot: 'loses a dispute' }],
  },
  'burst-of-buyers': {
    description: `${burstOf} chats at once, of buyers of every temper.`,
    buyers: Array.from({ length: burstOf / crowd.length }, () => crowd).flat(),
  },
  'foreign-buyer': {
    description: 'A buyer who does not speak Russian writes in another language.',
    buyers: [{ persona: 'foreign', intent: 'where-is-my-order' }],
  },
  'sticker-only': {
    description: 'A buyer sends stickers and nothing else: no notification tells of them.',
    buyers: [{ persona: 'sticker-sender', intent: 'in-stock', plot: 'says it with stickers' }],
  },
  'photo-series': {
    description: 'Five photos one after another.',
    buyers: [{ persona: 'photo-sender', intent: 'defect-with-photo', plot: 'sends a series of photos' }],
  },
  'message-after-finish': {
    description: 'The chat is closed after the thanks, and the buyer writes again.',
    buyers: [{ persona: 'patient', intent: 'wrong-size', plot: 'writes after the end' }],
  },
  'market-notice': {
    description: 'An automatic message of the marketplace after the question; it leaves the status as it is.',
    buyers: [{ persona: 'patient', intent: 'return' }],
    notice: 'Покупатель запросил возврат. Ответьте, пожалуйста, в течение 48 часов.',
  },
  'direct-question': {
    description: 'A customer without an order asks in a direct chat. The business must take direct messages of all.',
    buyers: [{ persona: 'patient', intent: 'in-stock', isDirect: true }],
  },
} as const satisfies Record<string, Scenario>

export const scenarioNames = keysOf(scenarios)

export function scenarioOf(name: string): Scenario | undefined {
  const known = scenarioNames.find(known => known === name)
  return known && scenarios[known]
}

export const aboutOf = ({ isDirect }: ScenarioBuyer): ChatSubject => ({ what: isDirect ? 'nothing' : 'own order' })
