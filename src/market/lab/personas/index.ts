import { keysOf } from '#contract'
import { angry } from './angry.ts'
import { disputing } from './disputing.ts'
import { languages } from './foreign.ts'
import { patient } from './patient.ts'
import { photoSender } from './photo-sender.ts'
import { stickerSender } from './sticker-sender.ts'
import { terse } from './terse.ts'
import type { Voice } from './voice.ts'

type PersonaFacts = {
  description: string
  /** One of them, by the seed. */
  voices: readonly Voice[]
  /** How long they think before each step: 1 is 2 to 8 seconds. */
  pace: number
}

/** Who writes to shops. */
export const personas = {
  patient: {
    description: 'Polite, waits long, thanks for an answer.',
    voices: [patient],
    pace: 1,
  },
  angry: {
    description: 'Exclaims, asks again within a minute, is never content with the first answer.',
    voices: [angry],
    pace: 0.6,
  },
  terse: { description: 'Two or three words, small letters.', voices: [terse], pace: 0.7 },
  'photo-sender': {
    description: 'Says everything with photos.',
    voices: [photoSender],
    pace: 1.2,
  },
  'sticker-sender': {
    description: 'Sends stickers, of which no notification tells.',
    voices: [stickerSender],
    pace: 0.8,
  },
  foreign: {
    description: 'Does not speak Russian: English, Uzbek or Chinese.',
    voices: languages,
    pace: 1.3,
  },
  disputing: {
    description: 'Opens a dispute; an arbiter asks the shop, decides and finishes it.',
    voices: [disputing],
    pace: 0.9,
  },
} as const satisfies Record<string, PersonaFacts>

export type Persona = keyof typeof personas
export const personaNames = keysOf(personas)
