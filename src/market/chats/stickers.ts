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

/** The sign to store, if a sticker has this name. */
export function findSticker(name: string): string | undefined {
  const known = stickerNames.find(candidate => candidate === name)
  return known && stickers[known]
}

export function stickerNameOf(sign: string): StickerName | undefined {
  return stickerNames.find(name => stickers[name] === sign)
}
