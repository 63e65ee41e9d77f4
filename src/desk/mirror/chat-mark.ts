import type { ChatMark } from '#client'

/** A mark as JSON; ids in decimal. */
export type KeptMark = {
  updatedAt: string
  isRead: boolean
  lastMessageId?: string
  readFrom?: string
  newestAt?: string
}

export function markToKeep({ updatedAt, isRead, lastMessageId, readFrom, newestAt }: ChatMark): KeptMark {
  return {
    updatedAt: updatedAt.toISOString(),
    isRead,
    ...(lastMessageId !== undefined && { lastMessageId: `${lastMessageId}` }),
    ...(readFrom !== undefined && { readFrom: `${readFrom}` }),
    ...(newestAt !== undefined && { newestAt: newestAt.toISOString() }),
  }
}

export function markFromKept(
  chatId: bigint,
  { updatedAt, isRead, lastMessageId, readFrom, newestAt }: KeptMark,
): ChatMark {
  return {
    chatId,
    updatedAt: new Date(updatedAt),
    isRead,
    ...(lastMessageId !== undefined && { lastMessageId: BigInt(lastMessageId) }),
    ...(readFrom !== undefined && { readFrom: BigInt(readFrom) }),
    ...(newestAt !== undefined && { newestAt: new Date(newestAt) }),
  }
}
