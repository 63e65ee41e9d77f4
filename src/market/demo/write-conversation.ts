import { Readable } from 'node:stream'
import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import type { FileStore } from '../files/file-store.ts'
import { makePng, pictures } from '../files/picture.ts'
import { pictureType } from '../files/picture-type.ts'
import type { ChatKey } from '../store/chat-key.ts'
import { laneOf } from '../store/lane.ts'
import { type PostItem, postMessages } from '../store/messages.ts'
import type { Conversation, DemoStep } from './conversations.ts'

const minuteMs = 60_000
const minutesBetweenSteps = 7

/** Writes a conversation into its chat, each step at its time, through the SQL function that every message passes. */
export async function writeConversation(
  sql: Queries,
  files: FileStore,
  chat: ChatKey,
  { steps, hoursAgo }: Conversation,
  now: Date,
) {
  const startMs = now.getTime() - hoursAgo * 60 * minuteMs
  for (const [index, step] of steps.entries()) {
    const item = {
      business: `${chat.businessId}`,
      chat: `${chat.chatId}`,
      customer: null,
      ...(await happeningOf(files, chat.businessId, step)),
    }
    const at = new Date(startMs + index * minutesBetweenSteps * minuteMs)
    const [posted] = await postMessages(sql, [item], at, laneOf(chat.businessId))
    if (posted?.outcome !== 'done')
      throw new Error(`a step of the demo was refused: ${posted?.outcome} ${JSON.stringify(step)}`)
  }
}

type Happening = Omit<PostItem, 'business' | 'chat' | 'customer'>

async function happeningOf(files: FileStore, businessId: BusinessId, step: DemoStep): Promise<Happening> {
  switch (step[0]) {
    case 'customer':
      return { event: 'customer_writes', sender: 'customer', ...(await contentOf(files, businessId, step[1])) }
    case 'shop':
      return { event: 'partner_writes', sender: 'partner', ...(await contentOf(files, businessId, step[1])) }
    case 'market':
      return { event: 'market_writes', sender: 'market', kind: 'text', text: step[1] }
    case 'support':
      return { event: step[2], sender: 'support', kind: 'text', text: step[1] }
    case 'dispute':
      return { event: 'dispute_opened', sender: 'customer', kind: 'text', text: step[1] }
    case 'dispute finished':
      return { event: 'dispute_finished', sender: null, kind: null }
    case 'closed':
      return { event: 'closed', sender: null, kind: null }
  }
}

type DemoContent =
  | string
  | { photo: keyof typeof pictures; name: string }
  | { note: string; name: string }
  | { sticker: string }

async function contentOf(
  files: FileStore,
  businessId: BusinessId,
  content: DemoContent,
): Promise<Omit<Happening, 'event' | 'sender'>> {
  if (typeof content === 'string') return { kind: 'text', text: content }
  if ('sticker' in content) return { kind: 'sticker', text: content.sticker }
  const bytes = 'photo' in content ? makePng(pictures[content.photo]) : Buffer.from(content.note)
  const stored = await files.save(businessId, Readable.from([bytes]))
  const type = pictureType(stored.head) ?? 'application/octet-stream'
  return { kind: 'file', name: content.name, size: stored.sizeBytes, hash: stored.hash, type }
}
