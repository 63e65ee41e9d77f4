import type { StickerName } from '../../chats/stickers.ts'
import type { PictureName } from '../../files/picture.ts'

/** What the lab can do in a chat: as its customer, or as the arbiter. */
export type Act =
  | { kind: 'text'; text: string }
  | { kind: 'sticker'; sticker: StickerName }
  | { kind: 'photo'; picture: PictureName; name: string }
  | { kind: 'dispute'; reason: string }
  | { kind: 'arbiter text'; text: string; asks?: 'partner' | 'customer' }
  | { kind: 'finish dispute' }
  | { kind: 'close' }

/**
 * One step of a conversation, `delaySeconds` after something. `start`: after the buyer came, or after the opening step
 * before. `pause`: after the step before, whatever the shop does. `silence`: after the step before, if the shop has not
 * written since; else the step is skipped. `shop wrote`: after the shop's last message; `patienceSeconds` after the step
 * before, if the shop has written nothing.
 */
export type Step = { delaySeconds: number; act: Act } & (
  | { after: 'start' | 'pause' | 'silence' }
  | { after: 'shop wrote'; patienceSeconds?: number }
)

/** An answer to what the shop wrote, given once, before the conversation goes on. */
export type Reaction = { when: RegExp; delaySeconds: number; act: Act }
