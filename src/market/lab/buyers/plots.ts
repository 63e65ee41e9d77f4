import { keysOf } from '#contract'
import type { Chance } from '#kit'
import { type StickerName, stickerNames } from '../../chats/stickers.ts'
import { disputeWords } from '../personas/disputing.ts'
import type { Persona } from '../personas/index.ts'
import type { Intent } from '../personas/intents.ts'
import type { Voice } from '../personas/voice.ts'
import type { Act, Step } from './act.ts'

/** What a plot is written with: who speaks about what, and chance. */
export type PlotContext = {
  voice: Voice
  intent: Intent
  chance: Chance
  /** Seconds to think before the next step. */
  think(): number
  /** A text in which the order's number is filled in. */
  say(line: string): Act
  /** The next photo of the goods. */
  photo(): Act
}

type Ruling = 'forBuyer' | 'forShop'
const photosInASeries = 5

/** How a conversation goes. No two steps of a plot may say the same: a step is recognized in the chat by its words. */
export const plots = {
  'asks and thanks': c => [
    ...opening(c),
    ...afterthought(c),
    ...silences(c, 1, [300, 600]),
    wrote(c.think(), say(c, c.voice.thanks)),
    ...(c.chance.happens(0.4) ? [pause(c.think(), sticker('smile'))] : []),
  ],
  'is impatient': c => {
    const grumbles = c.chance.pick(c.voice.grumbles, 2).map(line => wrote(c.think(), c.say(line)))
    return [
      ...opening(c),
      start(c.think(), say(c, c.voice.detail[c.intent])),
      ...silences(c, 2, [20, 60]),
      ...grumbles,
      wrote(c.think(), say(c, c.voice.thanks)),
    ]
  },
  'is short': c => [...opening(c), ...silences(c, 1, [90, 180]), wrote(c.think(), say(c, c.voice.thanks))],
  'shows photos': c => [
    start(0, say(c, c.voice.opening[c.intent])),
    start(c.think(), c.photo()),
    start(c.think(), say(c, c.voice.detail[c.intent])),
    start(c.think(), c.photo()),
    ...silences(c, 1, [240, 420]),
    wrote(c.think(), say(c, c.voice.thanks)),
  ],
  'sends stickers': c => {
    const [early, late] = c.chance.pick<StickerName>(['love', 'laugh', 'gift', 'ok', 'thanks'], 2).map(sticker)
    return [
      start(0, sticker('hello')),
      start(c.think(), say(c, c.voice.opening[c.intent])),
      start(c.think(), sticker('sad')),
      ...silences(c, 1, [60, 120]),
      wrote(c.think(), early ?? sticker('ok')),
      pause(c.think(), say(c, c.voice.thanks)),
      pause(c.think(), late ?? sticker('love')),
    ]
  },
  'says it with stickers': c => {
    const signs = c.chance.pick(stickerNames, 5).map(sticker)
    return signs.map((act, index) => (index < 3 ? start(index && c.think(), act) : wrote(c.think(), act)))
  },
  'sends a series of photos': c => [
    start(0, say(c, c.voice.opening[c.intent])),
    ...Array.from({ length: photosInASeries }, () => start(c.think(), c.photo())),
    wrote(c.think(), say(c, c.voice.thanks)),
  ],
  'does not understand': c => [
    ...opening(c),
    ...afterthought(c),
    ...silences(c, 1, [180, 300]),
    wrote(c.think(), say(c, c.voice.grumbles)),
    wrote(c.think(), say(c, c.voice.thanks)),
  ],
  'writes after the end': c => {
    const [before = '', after = ''] = c.chance.pick(c.voice.thanks, 2)
    return [
      ...opening(c),
      wrote(c.think(), c.say(before)),
      pause(c.think(), { kind: 'close' }),
      pause(20 + c.think(), say(c, c.voice.detail[c.intent])),
      wrote(c.think(), c.say(after)),
    ]
  },
  disputes: c => dispute(c, c.chance.choose<Ruling>(['forBuyer', 'forShop'])),
  'wins a dispute': c => dispute(c, 'forBuyer'),
  'loses a dispute': c => dispute(c, 'forShop'),
} as const satisfies Record<string, (context: PlotContext) => Step[]>

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

function opening(c: PlotContext): Step[] {
  const words = start(0, say(c, c.voice.opening[c.intent]))
  return c.intent === 'defect-with-photo' ? [words, start(c.think(), c.photo())] : [words]
}

function dispute(c: PlotContext, ruling: Ruling): Step[] {
  const arbiter = (lines: readonly string[]) => ({ kind: 'arbiter text', text: c.chance.choose(lines) }) as const
  return [
    ...opening(c),
    ...silences(c, 1, [60, 120]),
    { ...wrote(c.think(), say(c, c.voice.grumbles)), patienceSeconds: 180 },
    pause(10 + c.think(), { kind: 'dispute', reason: c.chance.choose(disputeWords.reasons) }),
    pause(20 + c.think(), { ...arbiter(disputeWords.questions), asks: 'partner' }),
    { ...wrote(10 + c.think(), arbiter(disputeWords[ruling])), patienceSeconds: 300 },
    pause(c.think(), { kind: 'finish dispute' }),
  ]
}

/** Added half of the time, unless the shop has answered by then. */
function afterthought(c: PlotContext): Step[] {
  const step: Step = { after: 'silence', delaySeconds: c.think(), act: say(c, c.voice.detail[c.intent]) }
  return c.chance.happens(0.5) ? [step] : []
}

function silences(c: PlotContext, count: number, [min, max]: [number, number]): Step[] {
  const nags = c.chance.pick(c.voice.nags, count)
  return nags.map(line => ({ after: 'silence', delaySeconds: c.chance.between(min, max), act: c.say(line) }))
}

const say = (c: PlotContext, lines: readonly string[]) => c.say(c.chance.choose(lines))
const sticker = (name: StickerName): Act => ({ kind: 'sticker', sticker: name })
const start = (delaySeconds: number, act: Act): Step => ({ after: 'start', delaySeconds, act })
const pause = (delaySeconds: number, act: Act): Step => ({ after: 'pause', delaySeconds, act })
const wrote = (delaySeconds: number, act: Act) => ({ after: 'shop wrote', delaySeconds, act }) as const
