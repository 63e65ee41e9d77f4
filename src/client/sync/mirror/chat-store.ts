import type { Chat, Message } from '../../types.ts'

/** How far the messages of a chat were read. A store keeps it unchanged. */
export type ChatMark = {
  chatId: bigint
  /** What the list said of the chat when its messages were last read through. */
  updatedAt: Date
  /** False: reading was interrupted, or may have missed messages of the same second. */
  isRead: boolean
  /** The highest id that was read. */
  lastMessageId?: bigint
  /** The id at which the next reading begins: some messages below the highest, since ids can appear late. Absent: at the first message. */
  readFrom?: bigint
  /** When the newest message that was read was written. */
  newestAt?: Date
}

/** A chat as it was put, and its mark if messages were ever put. */
export type KnownChat = { chat: Chat; mark?: ChatMark }

export type StoredChat = { chat: Chat; messages: Message[] }

/**
 * Where a mirror is kept: six functions. Each is done when its promise resolves, and a put that was done survives a crash.
 * What a store throws ends the sync, which goes on from there when it is started again.
 */
export type ChatStore = {
  /** Every chat that was put, in any order. Called once, at the start. */
  known(): AsyncIterable<KnownChat>
  /** The sync's own notes, as last written; undefined in a new store. */
  readNotes(): Promise<string | undefined>
  writeNotes(notes: string): Promise<void>
  /** Inserts or replaces by chatId; marks and messages stay. */
  putChats(chats: readonly Chat[]): Promise<void>
  /**
   * Puts messages by their id and replaces the mark, both or neither, and resolves to the ids that were not there. There may
   * be no message at all. Ids are unique within a chat; the chat itself was put before.
   */
  putMessages(chatId: bigint, messages: readonly Message[], mark: ChatMark): Promise<bigint[]>
  /** A chat with all its messages by ascending id. */
  readChat(chatId: bigint): Promise<StoredChat | undefined>
}
