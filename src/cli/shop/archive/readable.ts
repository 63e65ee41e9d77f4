import type { Chat, Message } from '#client'
import type { Texts } from '../../texts/index.ts'

/** A chat as outputs are made from it; `there` are the paths of its files that were downloaded. */
export type ReadableChat = { chat: Chat; messages: readonly Message[]; there: ReadonlySet<string> }
export type Readable = { chats(): AsyncIterable<ReadableChat>; texts: Texts; businessId: bigint }
