import { Type } from '#contract'
import { problems } from '#serving'
import { findSticker, stickerNames } from '../chats/stickers.ts'

/** A sticker as a request names it. */
export const stickerName = Type.String({
  minLength: 1,
  maxLength: 50,
  description: `Its name: ${stickerNames.join(', ')}.`,
})

/** The sign to store. Throws a 400 for a name that no sticker has. */
export function requireSticker(name: string): string {
  const sign = findSticker(name)
  if (sign === undefined) throw problems.misfit('sticker', `must be one of: ${stickerNames.join(', ')}`)
  return sign
}
