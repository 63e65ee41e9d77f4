import type { ReactNode } from 'react'

export type FileInThread = { name: string; type: string; size: number; href: string }

export type MessageContent =
  | { kind: 'text'; text: string }
  | { kind: 'sticker'; text: string; label: string }
  | { kind: 'file'; file: FileInThread }
  | { kind: 'pictures'; pictures: readonly FileInThread[]; onOpen: (picture: FileInThread) => void }
  | { kind: 'missing'; name: string; says: string }

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
  /** What became of it, where that is not over: below it, in place of its time. */
  foot?: ReactNode
  /** What can be done with it, beside it. */
  acts?: ReactNode
}

export function isPicture({ type }: Pick<FileInThread, 'type'>): boolean {
  return type.startsWith('image/')
}

/** Messages by the day they were written on, in the reader's time zone. */
export function byDay(messages: readonly ThreadMessage[]): { day: string; messages: ThreadMessage[] }[] {
  const days = Map.groupBy(messages, ({ createdAt }) => new Date(createdAt).toDateString())
  return Array.from(days, ([day, of]) => ({ day, messages: of }))
}

type Range = { from: number; to: number }

/** The messages one by one, but what a program wrote two or more times in a row together. */
export function rangesOf(messages: readonly Pick<ThreadMessage, 'side'>[]): Range[] {
  const ranges: Range[] = []
  for (const [index, { side }] of messages.entries()) {
    const last = ranges.at(-1)
    if (last && side === 'market' && messages[index - 1]?.side === 'market') last.to = index + 1
    else ranges.push({ from: index, to: index + 1 })
  }
  return ranges
}

const groupMs = 10 * 60_000

/** Whether the next message goes on with this one, so that its sender is named once. */
export function goesOn(message: ThreadMessage, next: ThreadMessage | undefined): boolean {
  return (
    next !== undefined &&
    message.foot === undefined &&
    next.side === message.side &&
    next.author === message.author &&
    Date.parse(next.createdAt) - Date.parse(message.createdAt) < groupMs
  )
}
