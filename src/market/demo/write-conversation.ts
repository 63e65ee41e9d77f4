import { Readable } from 'node:stream'
import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import type { FileStore } from '../files/file-store.ts'
import { makePng, pictures } from '../files/picture.ts'
import { pictureType } from '../files/picture-type.ts'
import type { ChatKey } from '../store/chat-key.ts'
import { type Letter, postMessages } from '../store/messages.ts'
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
    const letter = {
      b: `${chat.businessId}`,
      c: `${chat.chatId}`,
      u: null,
      ...(await letterOf(files, chat.businessId, step)),
    }
    const [posted] = await postMessages(sql, [letter], new Date(startMs + index * minutesBetweenSteps * minuteMs))
    if (posted?.outcome !== 'done')
      throw new Error(`a step of the demo was refused: ${posted?.outcome} ${JSON.stringify(step)}`)
  }
}

type LetterContent = Omit<Letter, 'b' | 'c' | 'u'>

async function letterOf(files: FileStore, businessId: BusinessId, step: DemoStep): Promise<LetterContent> {
  switch (step[0]) {
    case 'customer':
      return { e: 'customer_writes', s: 'customer', ...(await contentOf(files, businessId, step[1])) }
    case 'shop':
      return { e: 'partner_writes', s: 'partner', ...(await contentOf(files, businessId, step[1])) }
    case 'market':
      return { e: 'market_writes', s: 'market', k: 'text', t: step[1] }
    case 'support':
      return { e: step[2], s: 'support', k: 'text', t: step[1] }
    case 'dispute':
      return { e: 'dispute_opened', s: 'customer', k: 'text', t: step[1] }
    case 'dispute finished':
      return { e: 'dispute_finished', s: null, k: null }
    case 'closed':
      return { e: 'closed', s: null, k: null }
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
): Promise<Omit<LetterContent, 'e' | 's'>> {
  if (typeof content === 'string') return { k: 'text', t: content }
  if ('sticker' in content) return { k: 'sticker', t: content.sticker }
  const bytes = 'photo' in content ? makePng(pictures[content.photo]) : Buffer.from(content.note)
  const stored = await files.save(businessId, Readable.from([bytes]))
  const type = pictureType(stored.head) ?? 'application/octet-stream'
  return { k: 'file', n: content.name, z: stored.sizeBytes, h: stored.hash, y: type }
}
