export type FileInThread = { name: string; type: string; size: number; href: string }

export type MessageContent =
  | { kind: 'text'; text: string }
  | { kind: 'sticker'; text: string; label: string }
  | { kind: 'file'; file: FileInThread }

/** Ours on the right, the other one's on the left; what a program wrote, and what somebody above both wrote. */
export type Side = 'mine' | 'theirs' | 'market' | 'support'

/** A message as a thread shows it. */
export type ThreadMessage = {
  key: string
  side: Side
  /** Who wrote it, in the reader's words. */
  author: string
  createdAt: string
  content: MessageContent
}

export function isPicture({ type }: Pick<FileInThread, 'type'>): boolean {
  return type.startsWith('image/')
}

/** Messages by the day they were written on, in the reader's time zone. */
export function byDay(messages: readonly ThreadMessage[]): { day: string; messages: ThreadMessage[] }[] {
  const days = Map.groupBy(messages, ({ createdAt }) => new Date(createdAt).toDateString())
  return Array.from(days, ([day, of]) => ({ day, messages: of }))
}
