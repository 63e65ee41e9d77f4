/** Mirrors of a business's chats in a store of the caller's. Everybody may import it through the client's door. */
export type { ChatMark, ChatStore, KnownChat, StoredChat } from './mirror/chat-store.ts'
export { type Hint, type Hints, makeHints } from './mirror/hints.ts'
export { makeMemoryStore } from './mirror/memory-store.ts'
export type { Change } from './mirror/mirror.ts'
export type { Progress } from './mirror/progress.ts'
export { type SyncOptions, syncChats } from './sync-chats.ts'
export { describeVerified, type Verified, verifySync } from './verify/verify-sync.ts'
