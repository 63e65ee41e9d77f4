import type { ChatStore } from '#client'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { LostHold } from '../cabinets/lost-hold.ts'
import type { Bus } from '../live/bus.ts'
import type { Hold } from '../store/leases.ts'
import { findMirrored, listMirrored, putMirrored } from '../store/mirrored-chats.ts'
import { listMirroredMessages, putPage } from '../store/mirrored-messages.ts'
import { readNotes, writeNotes } from '../store/syncs.ts'
import { type KeptMark, markFromKept, markToKeep } from './chat-mark.ts'
import { chatOfRow, messageOfRow, rowOfChat, rowOfMessage } from './rows.ts'

type StoreOptions = {
  sql: Sql
  bus: Bus
  clock: Clock
  hold: Hold
  /** Called when chats were put. */
  onChats?: (() => void) | undefined
  /** Called when there are files among them. */
  onFiles?: (() => void) | undefined
}

const chatsPerPage = 1_000

/** A cabinet's mirror in PostgreSQL. Each put is one transaction, of the process that holds the cabinet: others get LostHold. */
export function makeChatStore({ sql, bus, clock, hold, onChats, onFiles }: StoreOptions): ChatStore {
  const { cabinetId } = hold
  const tell = (chatId: bigint) => bus.publish({ about: 'chat', cabinetId: `${cabinetId}`, chatId: `${chatId}` })
  const requireHold = (isHeld: boolean) => {
    if (!isHeld) throw new LostHold(cabinetId)
  }
  return {
    async *known() {
      let after = 0n
      for (;;) {
        const rows = await listMirrored<KeptMark>(sql, cabinetId, { after, limit: chatsPerPage })
        for (const { mark, ...row } of rows)
          yield { chat: chatOfRow(row), ...(mark && { mark: markFromKept(row.chatId, mark) }) }
        const last = rows.at(-1)
        if (!last) return
        after = last.chatId
      }
    },
    readNotes: () => readNotes(sql, cabinetId),
    writeNotes: async notes => requireHold(await writeNotes(sql, hold, notes)),
    async putChats(chats) {
      const byId = new Map(chats.map(chat => [chat.chatId, rowOfChat(chat)]))
      requireHold(await putMirrored(sql, hold, { chats: [...byId.values()], now: clock.now() }))
      for (const chatId of byId.keys()) tell(chatId)
      onChats?.()
    },
    async putMessages(chatId, messages, mark) {
      const byId = new Map(messages.map(message => [message.messageId, rowOfMessage(message)]))
      const page = { chatId, messages: [...byId.values()], mark: markToKeep(mark), now: clock.now() }
      const put = await putPage(sql, hold, page)
      if (!put) throw new LostHold(cabinetId)
      if (put.added.length > 0 && messages.some(({ files }) => files)) onFiles?.()
      if (put.added.length > 0) tell(chatId)
      return put.added
    },
    async readChat(chatId) {
      const row = await findMirrored(sql, cabinetId, chatId)
      if (!row) return undefined
      const messages = await listMirroredMessages(sql, cabinetId, chatId)
      return { chat: chatOfRow(row), messages: messages.map(messageOfRow) }
    },
  }
}
