import type { Message } from '#desk-protocol'
import type { FileInThread } from '../../../../parts/thread/thread-message.ts'

type MessageFile = NonNullable<Message['files']>[number]

/** A file as the thread shows it, if the desk has it. Only an address of this very server is followed. */
export function asFile({ name, sizeBytes, url, isPicture, state }: MessageFile): FileInThread | undefined {
  if (state !== 'kept' || url === undefined || !url.startsWith('/') || url.startsWith('//')) return undefined
  return { name, size: sizeBytes, href: url, type: isPicture ? 'image/*' : '' }
}

/** All pictures of the messages, in their order. */
export function picturesIn(messages: readonly Message[]): FileInThread[] {
  return filesIn(messages).filter(({ type }) => type !== '')
}

export function filesIn(messages: readonly Message[]): FileInThread[] {
  return messages.flatMap(({ files = [] }) => files.flatMap(file => asFile(file) ?? []))
}
