import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { idOf, type MessageId, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import type { AdminCalls } from '../connection/admin-calls.ts'
import type { Texts } from '../texts/index.ts'
import type { Chat } from './chats.ts'

export type Wishes = { text?: string; file?: string }

/** A chat in which something is to happen, by its path in the admin API, and what the message is to have otherwise. */
type Scene = { admin: AdminCalls; path: `/${string}`; message: Record<string, unknown>; texts: Texts }

/** Something that can happen in a chat, made to happen by the API that it comes through in earnest. */
type TriggerEvent = {
  /** Whether it can happen in this chat. */
  isPossible: (chat: Chat) => boolean
  /** What is to happen before it in a chat that is made for it. */
  before?: EventName
  /** Makes it happen; returns the message, if it is one. */
  act: (scene: Scene, wishes: Wishes) => Promise<MessageId | undefined>
}

export const eventNames = [
  'message.customer',
  'message.support',
  'message.market',
  'sticker.customer',
  'file.customer',
  'chat.direct',
  'dispute.started',
  'dispute.finished',
] as const
export type EventName = (typeof eventNames)[number]

const Written = Type.Object({ message: Type.Object({ messageId: idOf<MessageId>('The message.') }) })

async function write({ admin, path, message }: Scene, what: string, body: object): Promise<MessageId> {
  const sent = body instanceof FormData ? body : { ...body, ...message }
  const written = await admin.ask(`POST ${path}/${what}`, Written, sent)
  return written.message.messageId
}

const said = {
  customer: 'Здравствуйте! Подскажите, пожалуйста, где мой заказ?',
  support: 'Здравствуйте! Поддержка Маркета: мы видим вашу переписку и поможем разобраться.',
  market: 'Заказ передан в доставку. Отследить его можно на странице заказа.',
  direct: 'Здравствуйте! Подскажите, есть ли этот товар в наличии?',
  dispute: 'Товар пришёл с браком, а магазин не возвращает деньги.',
} as const

export const triggerEvents: Record<EventName, TriggerEvent> = {
  'message.customer': {
    isPossible: isReal,
    act: (scene, { text = said.customer }) => write(scene, 'customer-messages', { text }),
  },
  'message.support': {
    isPossible: isReal,
    act: (scene, { text = said.support }) => write(scene, 'support-messages', { text }),
  },
  'message.market': {
    isPossible: isReal,
    act: (scene, { text = said.market }) => write(scene, 'market-messages', { text }),
  },
  'sticker.customer': {
    isPossible: isReal,
    act: (scene, { text = 'thanks' }) => write(scene, 'customer-stickers', { sticker: text }),
  },
  'file.customer': {
    isPossible: isReal,
    act: async (scene, { file }) => write(scene, 'customer-files', await formWith(file, scene.texts)),
  },
  'chat.direct': {
    isPossible: ({ context, isTest }) => context.type === 'DIRECT' && !isTest,
    act: (scene, { text = said.direct }) => write(scene, 'customer-messages', { text }),
  },
  'dispute.started': {
    isPossible: chat => isReal(chat) && chat.type === 'CHAT' && chat.context.type !== 'DIRECT',
    act: (scene, { text = said.dispute }) => write(scene, 'dispute', { reason: text }),
  },
  'dispute.finished': {
    isPossible: chat => isReal(chat) && chat.type === 'ARBITRAGE' && chat.status !== 'FINISHED',
    before: 'dispute.started',
    act: async ({ admin, path }) => {
      await admin.tell(`POST ${path}/dispute/finish`)
      return undefined
    },
  },
}

/** No customer answers in a test chat. */
function isReal({ isTest }: Chat): boolean {
  return !isTest
}

async function formWith(path: string | undefined, texts: Texts): Promise<FormData> {
  const form = new FormData()
  const [bytes, name] =
    path === undefined ? [await makePhoto(), 'photo.png'] : [await readOwn(path, texts), basename(path)]
  form.set('file', new Blob([bytes]), name)
  return form
}

async function makePhoto(): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded for this alone: the market's room is large.
  const { makePng, pictures } = await import('#market')
  return new Uint8Array(makePng(pictures.chippedMug))
}

async function readOwn(path: string, { trigger }: Texts): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    throw new Problem(trigger.unreadable(path, code), { cause: error })
  }
}
