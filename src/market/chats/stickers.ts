import { Type } from 'typebox'
import { keysOf } from '#contract'
import { problems } from '../http/problem.ts'

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

function findSticker(name: string): string | undefined {
  return stickerNames.some(known => known === name) ? stickers[name as StickerName] : undefined // one of the names
}

export function stickerNameOf(sign: string): StickerName | undefined {
  return stickerNames.find(name => stickers[name] === sign)
}

/** A sticker as a request names it. */
export const stickerName = Type.String({
  minLength: 1,
  maxLength: 50,
  description: `Its name: ${stickerNames.join(', ')}.`,
})

/** The sign to store; a name that no sticker has does not fit. */
export function requireSticker(name: string): string {
  const sign = findSticker(name)
  if (sign === undefined) throw problems.misfit('sticker', `must be one of: ${stickerNames.join(', ')}`)
  return sign
}
