import { oneOf } from '#contract'
import { stickerNames } from '../chats/stickers.ts'

/** A sticker as a request names it. */
export const stickerName = oneOf(stickerNames, { description: 'Its name.' })
