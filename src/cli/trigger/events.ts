import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Type } from 'typebox'
import { idOf, type MessageId } from '#contract'
import { Problem } from '#kit'
import type { AdminCalls } from '../connection/admin-calls.ts'
import { codeOf } from '../terminal/error-code.ts'
import type { Chat } from './chats.ts'

export type Wishes = { text?: string; file?: string }

/** Something that can happen in a chat, made to happen by the API that it comes through in earnest. */
export type TriggerEvent = {
  /** What has happened, for the line that is printed. */
  did: string
  /** For the help. */
  summary: string
  /** Whether it can happen in this chat. */
  isPossible: (chat: Chat) => boolean
  /** What is to happen before it in a chat that is made for it. */
  before?: EventName
  /** Makes it happen in the chat at that path; returns the message, if it is one. */
  act: (admin: AdminCalls, chat: `/${string}`, wishes: Wishes) => Promise<MessageId | undefined>
}

const names = [
  'message.customer',
  'message.support',
  'message.market',
  'sticker.customer',
  'file.customer',
  'chat.direct',
  'dispute.started',
  'dispute.finished',
] as const
export type EventName = (typeof names)[number]
export const eventNames: readonly EventName[] = names

const Written = Type.Object({ message: Type.Object({ messageId: idOf<MessageId>('The message.') }) })

async function write(admin: AdminCalls, path: `/${string}`, body: unknown): Promise<MessageId> {
  const { message } = await admin.ask(`POST ${path}`, Written, body)
  return message.messageId
}

const texts = {
  customer: 'Здравствуйте! Подскажите, пожалуйста, где мой заказ?',
  support: 'Здравствуйте! Поддержка Маркета: мы видим вашу переписку и поможем разобраться.',
  market: 'Заказ передан в доставку. Отследить его можно на странице заказа.',
  direct: 'Здравствуйте! Подскажите, есть ли этот товар в наличии?',
  dispute: 'Товар пришёл с браком, а магазин не возвращает деньги.',
} as const

export const triggerEvents: Record<EventName, TriggerEvent> = {
  'message.customer': {
    did: 'The customer wrote',
    summary: 'the customer writes a text',
    isPossible: isReal,
    act: (admin, chat, { text = texts.customer }) => write(admin, `${chat}/customer-messages`, { text }),
  },
  'message.support': {
    did: 'Support wrote',
    summary: 'the arbiter or other staff write',
    isPossible: isReal,
    act: (admin, chat, { text = texts.support }) => write(admin, `${chat}/support-messages`, { text }),
  },
  'message.market': {
    did: 'The marketplace wrote',
    summary: 'an automatic message comes',
    isPossible: isReal,
    act: (admin, chat, { text = texts.market }) => write(admin, `${chat}/market-messages`, { text }),
  },
  'sticker.customer': {
    did: 'The customer sent a sticker',
    summary: 'the customer sends a sticker (--text names it); no notification tells of it',
    isPossible: isReal,
    act: (admin, chat, { text = 'thanks' }) => write(admin, `${chat}/customer-stickers`, { sticker: text }),
  },
  'file.customer': {
    did: 'The customer sent a file',
    summary: 'the customer sends a photo, or your --file',
    isPossible: isReal,
    act: async (admin, chat, { file }) => write(admin, `${chat}/customer-files`, await formWith(file)),
  },
  'chat.direct': {
    did: 'A customer opened a direct chat and wrote',
    summary: 'a new customer opens a chat without an order, and writes',
    isPossible: ({ context, isTest }) => context.type === 'DIRECT' && !isTest,
    act: (admin, chat, { text = texts.direct }) => write(admin, `${chat}/customer-messages`, { text }),
  },
  'dispute.started': {
    did: 'The customer opened a dispute',
    summary: 'the customer opens a dispute; --text is the reason',
    isPossible: chat => isReal(chat) && chat.type === 'CHAT' && chat.context.type !== 'DIRECT',
    act: (admin, chat, { text = texts.dispute }) => write(admin, `${chat}/dispute`, { reason: text }),
  },
  'dispute.finished': {
    did: 'The arbiter finished the dispute',
    summary: 'the arbiter finishes a dispute',
    isPossible: chat => isReal(chat) && chat.type === 'ARBITRAGE' && chat.status !== 'FINISHED',
    before: 'dispute.started',
    act: async (admin, chat) => {
      await admin.tell(`POST ${chat}/dispute/finish`)
      return undefined
    },
  },
}

/** No customer answers in a test chat. */
function isReal({ isTest }: Chat): boolean {
  return !isTest
}

async function formWith(path: string | undefined): Promise<FormData> {
  const form = new FormData()
  const [bytes, name] = path === undefined ? [await makePhoto(), 'photo.png'] : [await readOwn(path), basename(path)]
  form.set('file', new Blob([bytes]), name)
  return form
}

async function makePhoto(): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded for this alone: the market's room is large.
  const { makePng, pictures } = await import('#market')
  return new Uint8Array(makePng(pictures.chippedMug))
}

async function readOwn(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    throw new Problem(`The file ${path} cannot be read (${code}): check --file.`, { cause: error })
  }
}
