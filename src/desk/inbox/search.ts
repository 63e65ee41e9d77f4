import type { Sql } from '#database'
import { type ChatRowData, readChatRows } from '../store/chat-rows.ts'
import { type FoundMessageData, findChatsByName, findChatsByNumber, findMessagesByWords } from '../store/search.ts'
import { numberOf, wordsOf } from './words.ts'

type Asked = { query: string; cabinetId?: bigint | undefined; limit: number }
export type Found = {
  chats: ChatRowData[]
  messages: (Pick<FoundMessageData, 'messageId' | 'createdAt' | 'sender' | 'text'> & { row: ChatRowData })[]
  searched: ('ids' | 'names' | 'messages')[]
}

const keyOf = ({ cabinetId, chatId }: { cabinetId: bigint; chatId: bigint }) => `${cabinetId}/${chatId}`

/** Chats by numbers and names, messages by their words; each the newest first. */
export async function search(sql: Sql, accountId: string, { query, cabinetId, limit }: Asked): Promise<Found> {
  const [id, words] = [numberOf(query), wordsOf(query)]
  const where = { cabinetId, limit }
  const [byNumber, byName, messages] = await Promise.all([
    id === undefined ? [] : findChatsByNumber(sql, id, where),
    words.length === 0 ? [] : findChatsByName(sql, words, where),
    words.length === 0 ? [] : findMessagesByWords(sql, words, where),
  ])
  const found = [...byNumber, ...byName].slice(0, limit)
  const rows = new Map((await readChatRows(sql, accountId, [...found, ...messages])).map(row => [keyOf(row), row]))
  return {
    chats: Array.from(new Set(found.map(keyOf))).flatMap(key => rows.get(key) ?? []),
    messages: messages.flatMap(({ messageId, createdAt, sender, text, ...chat }) => {
      const row = rows.get(keyOf(chat))
      return row ? { row, messageId, createdAt, sender, text } : []
    }),
    searched: [
      ...(id === undefined ? [] : ['ids' as const]),
      ...(words.length ? (['names', 'messages'] as const) : []),
    ],
  }
}
