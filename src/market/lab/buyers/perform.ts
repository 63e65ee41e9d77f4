import { Readable } from 'node:stream'
import type { BusinessId } from '#contract'
import type { Content } from '../../chats/content.ts'
import type { Post, Postbox } from '../../chats/postbox.ts'
import { stickers } from '../../chats/stickers.ts'
import { nextState } from '../../chats/transitions.ts'
import type { FileStore } from '../../files/file-store.ts'
import { makePng, pictures } from '../../files/picture.ts'
import { pictureType } from '../../files/picture-type.ts'
import type { ChatRow } from '../../store/chats.ts'
import type { FileFacts } from '../../store/messages.ts'
import type { Act } from './act.ts'

type Needs = { postbox: Postbox; files: FileStore }
type PostContent = Pick<Post, 'event' | 'sender' | 'content'>

/** Does it through the postbox. False if the chat does not allow it any more. */
export async function perform(needs: Needs, chat: ChatRow, act: Act): Promise<boolean> {
  const { businessId, chatId, fake } = chat
  const content = await contentOf(needs.files, chat, act)
  const { outcome } = await needs.postbox.post({ businessId, chatId, ...content, ...(fake && { isByLab: true }) })
  return outcome === 'done'
}

async function contentOf(files: FileStore, chat: ChatRow, act: Act): Promise<PostContent> {
  switch (act.kind) {
    case 'text':
      return customerSays({ kind: 'text', body: act.text })
    case 'sticker':
      return customerSays({ kind: 'sticker', body: stickers[act.sticker] })
    case 'photo':
      return customerSays({ kind: 'file', ...(await savePhoto(files, chat.businessId, act)) })
    case 'dispute': {
      const words = customerSays({ kind: 'text', body: act.reason })
      // Where no dispute can be opened, the same words are a message.
      return canDispute(chat) ? { ...words, event: 'dispute_opened' } : words
    }
    case 'arbiter text': {
      const event = act.asks === undefined ? 'support_writes' : (`asks_${act.asks}` as const)
      return { event, sender: 'support', content: { kind: 'text', body: act.text } }
    }
    case 'finish dispute':
      return { event: 'dispute_finished' }
    case 'close':
      return { event: 'closed' }
  }
}

function customerSays(content: Content): PostContent {
  return { event: 'customer_writes', sender: 'customer', content }
}

function canDispute({ contextType, type, status }: ChatRow): boolean {
  return contextType !== 'direct' && nextState({ type, status }, 'dispute_opened') !== undefined
}

async function savePhoto(
  files: FileStore,
  businessId: BusinessId,
  { picture, name }: Extract<Act, { kind: 'photo' }>,
): Promise<FileFacts> {
  const stored = await files.save(businessId, Readable.from([makePng(pictures[picture])]))
  const fileType = pictureType(stored.head) ?? 'application/octet-stream'
  return { fileName: name, fileSize: stored.sizeBytes, fileHash: stored.hash, fileType }
}
