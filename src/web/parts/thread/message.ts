import type { Wire } from '#market-protocol'
import type { AnswerOf } from '../../console/data/admin-api.ts'

/** A message as the admin and the buyer API show it. */
export type Message = Wire<AnswerOf<'GET /businesses/{businessId}/chats/{chatId}/messages'>['messages'][number]>

/** Where a file is on this very server, which the page may show; its address as given may name another host. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

export function isPicture({ type }: { type: string }): boolean {
  return type.startsWith('image/')
}

/** Messages by the day they were written on, in the reader's time zone. */
export function byDay(messages: readonly Message[]): { day: string; messages: Message[] }[] {
  const days = Map.groupBy(messages, ({ createdAt }) => new Date(createdAt).toDateString())
  return Array.from(days, ([day, of]) => ({ day, messages: of }))
}
