import type { FileFacts } from '../store/messages.ts'

/** What a message says. */
export type Content = { kind: 'text' | 'sticker'; body: string } | ({ kind: 'file' } & FileFacts)
