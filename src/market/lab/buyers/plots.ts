import { keysOf } from '#contract'
import type { Chance } from '#kit'
import { type StickerName, stickerNames } from '../../chats/stickers.ts'
import { disputeWords } from '../personas/disputing.ts'
import type { Persona } from '../personas/index.ts'
import type { Intent } from '../personas/intents.ts'
import type { Voice } from '../personas/voice.ts'
import type { Act, Step } from './act.ts'

/** What a plot is told with: who speaks about what, and chance. */
export type Teller = {
  voice: Voice
  intent: Intent
  chance: Chance
  /** Seconds of thinking. */
  think(): number
  /** An act with a text, the order's number in its place. */
  say(line: string): Act
  /** The next photo of the goods. */
  photo(): Act
}

type Ruling = 'forBuyer' | 'forShop'
const photosInASeries = 5

/** How a conversation goes. No two steps of a plot say the same: what was said is known by its words. */
export const plots = {
  'asks and thanks': t => [
    ...opening(t),
    ...afterthought(t),
    ...silences(t, 1, [300, 600]),
    wrote(t.think(), say(t, t.voice.thanks)),
    ...(t.chance.happens(0.4) ? [pause(t.think(), sticker('smile'))] : []),
  ],
  'is impatient': t => {
    const grumbles = t.chance.pick(t.voice.grumbles, 2).map(line => wrote(t.think(), t.say(line)))
    return [
      ...opening(t),
      start(t.think(), say(t, t.voice.detail[t.intent])),
      ...silences(t, 2, [20, 60]),
      ...grumbles,
      wrote(t.think(), say(t, t.voice.thanks)),
    ]
  },
  'is short': t => [...opening(t), ...silences(t, 1, [90, 180]), wrote(t.think(), say(t, t.voice.thanks))],
  'shows photos': t => [
    start(0, say(t, t.voice.opening[t.intent])),
    start(t.think(), t.photo()),
    start(t.think(), say(t, t.voice.detail[t.intent])),
    start(t.think(), t.photo()),
    ...silences(t, 1, [240, 420]),
    wrote(t.think(), say(t, t.voice.thanks)),
  ],
  'sends stickers': t => {
    const [early, late] = t.chance.pick<StickerName>(['love', 'laugh', 'gift', 'ok', 'thanks'], 2).map(sticker)
    return [
      start(0, sticker('hello')),
      start(t.think(), say(t, t.voice.opening[t.intent])),
      start(t.think(), sticker('sad')),
      ...silences(t, 1, [60, 120]),
      wrote(t.think(), early ?? sticker('ok')),
      pause(t.think(), say(t, t.voice.thanks)),
      pause(t.think(), late ?? sticker('love')),
    ]
  },
  'says it with stickers': t => {
    const signs = t.chance.pick(stickerNames, 5).map(sticker)
    return signs.map((act, index) => (index < 3 ? start(index && t.think(), act) : wrote(t.think(), act)))
  },
  'sends a series of photos': t => [
    start(0, say(t, t.voice.opening[t.intent])),
    ...Array.from({ length: photosInASeries }, () => start(t.think(), t.photo())),
    wrote(t.think(), say(t, t.voice.thanks)),
  ],
  'does not understand': t => [
    ...opening(t),
    ...afterthought(t),
    ...silences(t, 1, [180, 300]),
    wrote(t.think(), say(t, t.voice.grumbles)),
    wrote(t.think(), say(t, t.voice.thanks)),
  ],
  'writes after the end': t => {
    const [before = '', after = ''] = t.chance.pick(t.voice.thanks, 2)
    return [
      ...opening(t),
      wrote(t.think(), t.say(before)),
      pause(t.think(), { kind: 'close' }),
      pause(20 + t.think(), say(t, t.voice.detail[t.intent])),
      wrote(t.think(), t.say(after)),
    ]
  },
  disputes: t => dispute(t, t.chance.choose<Ruling>(['forBuyer', 'forShop'])),
  'wins a dispute': t => dispute(t, 'forBuyer'),
  'loses a dispute': t => dispute(t, 'forShop'),
} as const satisfies Record<string, (teller: Teller) => Step[]>

export type Plot = keyof typeof plots
export const plotNames = keysOf(plots)

/** How a persona's conversations go, unless another plot is asked for. */
export const plotOf: Record<Persona, Plot> = {
  patient: 'asks and thanks',
  angry: 'is impatient',
  terse: 'is short',
  'photo-sender': 'shows photos',
  'sticker-sender': 'sends stickers',
  foreign: 'does not understand',
  disputing: 'disputes',
}

function opening(t: Teller): Step[] {
  const words = start(0, say(t, t.voice.opening[t.intent]))
  return t.intent === 'defect-with-photo' ? [words, start(t.think(), t.photo())] : [words]
}

function dispute(t: Teller, ruling: Ruling): Step[] {
  const arbiter = (lines: readonly string[]) => ({ kind: 'arbiter text', text: t.chance.choose(lines) }) as const
  return [
    ...opening(t),
    ...silences(t, 1, [60, 120]),
    { ...wrote(t.think(), say(t, t.voice.grumbles)), patienceSeconds: 180 },
    pause(10 + t.think(), { kind: 'dispute', reason: t.chance.choose(disputeWords.reasons) }),
    pause(20 + t.think(), { ...arbiter(disputeWords.questions), asks: 'partner' }),
    { ...wrote(10 + t.think(), arbiter(disputeWords[ruling])), patienceSeconds: 300 },
    pause(t.think(), { kind: 'finish dispute' }),
  ]
}

/** Added half of the time, unless the shop has answered by then. */
function afterthought(t: Teller): Step[] {
  const step: Step = { after: 'silence', delaySeconds: t.think(), act: say(t, t.voice.detail[t.intent]) }
  return t.chance.happens(0.5) ? [step] : []
}

function silences(t: Teller, count: number, [least, most]: [number, number]): Step[] {
  const nags = t.chance.pick(t.voice.nags, count)
  return nags.map(line => ({ after: 'silence', delaySeconds: t.chance.between(least, most), act: t.say(line) }))
}

const say = (t: Teller, lines: readonly string[]) => t.say(t.chance.choose(lines))
const sticker = (name: StickerName): Act => ({ kind: 'sticker', sticker: name })
const start = (delaySeconds: number, act: Act): Step => ({ after: 'start', delaySeconds, act })
const pause = (delaySeconds: number, act: Act): Step => ({ after: 'pause', delaySeconds, act })
const wrote = (delaySeconds: number, act: Act) => ({ after: 'shop wrote', delaySeconds, act }) as const
