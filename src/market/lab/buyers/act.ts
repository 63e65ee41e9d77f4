import type { StickerName } from '../../chats/stickers.ts'
import type { PictureName } from '../../files/picture.ts'

/** What can be done in a chat for a customer, or around one by the arbiter and other staff. */
export type Act =
  | { kind: 'text'; text: string }
  | { kind: 'sticker'; sticker: StickerName }
  | { kind: 'photo'; picture: PictureName; name: string }
  | { kind: 'dispute'; reason: string }
  | { kind: 'arbiter text'; text: string; asks?: 'partner' | 'customer' }
  | { kind: 'finish dispute' }
  | { kind: 'close' }

/**
 * One step of a conversation. `start`: so long after the buyer came, or after the opening words before. `pause`: so long
 * after what was said before, whatever the shop does. `silence`: so long after it without a word of the shop; passed over
 * if there is one. `shop wrote`: so long after the shop's last word, or, without one, when patience is over.
 */
export type Step = { delaySeconds: number; act: Act } & (
  | { after: 'start' | 'pause' | 'silence' }
  | { after: 'shop wrote'; patienceSeconds?: number }
)

/** Words in answer to what the shop wrote, said once, before the conversation goes on. */
export type Reaction = { when: RegExp; delaySeconds: number; act: Act }
