import { keysOf } from '#contract'

/** The stickers a customer may send. What is stored, and what the shop reads, is the sign itself. */
export const stickers = {
  hello: '👋',
  thanks: '🙏',
  ok: '👌',
  yes: '👍',
  no: '👎',
  smile: '🙂',
  laugh: '😂',
  love: '❤️',
  sad: '😢',
  angry: '😠',
  wow: '😮',
  gift: '🎁',
} as const

export type StickerName = keyof typeof stickers

export const stickerNames = keysOf(stickers)

export function stickerNameOf(sign: string): StickerName | undefined {
  return stickerNames.find(name => stickers[name] === sign)
}
