/** Mirrors of a business's chats in a store of the caller's. Everybody may import it through the client's door. */
export type { ChatMark, ChatStore, KnownChat, StoredChat } from './chat-store.ts'
export { type Hint, type Hints, makeHints } from './hints.ts'
export { makeMemoryStore } from './memory-store.ts'
export type { Change } from './mirror.ts'
export type { Progress } from './progress.ts'
export { type SyncOptions, syncChats } from './sync-chats.ts'
export { describeVerified, type Verified, verifySync } from './verify-sync.ts'
