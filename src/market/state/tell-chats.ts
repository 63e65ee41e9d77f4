import { onWire } from '#contract'
import { stickerNameOf } from '../chats/stickers.ts'
import type { StoredFile } from '../files/file-store.ts'
import type { ChatRow } from '../store/chats.ts'
import type { ChatMessageRow } from '../store/state-rows.ts'
import { stateAfter } from './acts.ts'
import type { StateChat, StateMessage } from './declaration.ts'

/** A file beside a state file: its path there, and what is in it. */
export type NamedFile = { path: string; stored: StoredFile }

/** Chats as a state file tells them; the files that their messages have are added to `files`, by their paths. */
export function tellChats(
  chats: readonly ChatRow[],
  messages: readonly ChatMessageRow[],
  files: Map<string, NamedFile>,
): StateChat[] {
  const ofChats = Map.groupBy(messages, ({ chatId }) => chatId)
  return chats.map(chat => {
    const own = (ofChats.get(chat.chatId) ?? []).map(message => tellMessage(chat, message, files))
    return {
      ...subjectOf(chat),
      opened: chat.createdAt.toISOString(),
      ...toldState(chat, own),
      ...(own.length > 0 && { messages: own }),
    }
  })
}

function subjectOf({ orderId, returnId, customerPublicId }: ChatRow) {
  if (returnId !== null) return { return: returnId }
  return orderId === null ? { customer: customerPublicId } : { order: orderId }
}

/** What cannot be seen from its messages. */
function toldState({ type, status }: ChatRow, messages: readonly StateMessage[]) {
  if (type === 'arbitrage') return { type: onWire(type), status: onWire(status) }
  return status === stateAfter(messages).status ? {} : { status: onWire(status) }
}

const writers = { customer: 'customer', partner: 'shop', support: 'support', market: 'market' } as const

function tellMessage(chat: ChatRow, message: ChatMessageRow, files: Map<string, NamedFile>): StateMessage {
  const told = { from: writers[message.sender], at: message.createdAt.toISOString() }
  if (message.kind === 'file') return { ...told, file: nameFile(chat, message, files), name: message.fileName }
  const sticker = message.kind === 'sticker' ? stickerNameOf(message.body) : undefined
  return sticker === undefined ? { ...told, text: message.body } : { ...told, sticker }
}

function nameFile(
  { businessId }: ChatRow,
  { fileName, fileHash, fileSize, createdAt }: ChatMessageRow & { kind: 'file' },
  files: Map<string, NamedFile>,
): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0].toLowerCase() ?? ''
  const path = `files/${fileHash.slice(0, 16)}${ending}`
  files.set(path, { path, stored: { businessId, fileHash, fileSize, createdAt } })
  return path
}
