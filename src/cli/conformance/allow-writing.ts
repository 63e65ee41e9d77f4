import { WrongUsage } from '../terminal/wrong-usage.ts'
import type { Texts } from '../texts/index.ts'

export type WritingFlags = {
  url: string
  readOnly?: true
  writeToChat?: bigint
  order?: bigint
  finishedChat?: bigint
  realCustomer?: true
}

/**
 * The chat that may be written into. A run writes only where a chat is named for it, and at Yandex.Market only if it is said
 * besides that somebody real reads it: a command line that is copied with another address writes to nobody.
 */
export function chatToWriteInto(
  { url, readOnly, writeToChat, order, finishedChat, realCustomer }: WritingFlags,
  { conformance }: Pick<Texts, 'conformance'>,
): bigint | undefined {
  if (writeToChat === undefined) {
    if (order !== undefined) throw new WrongUsage(conformance.orderWithoutChat)
    if (finishedChat !== undefined) throw new WrongUsage(conformance.finishedWithoutChat)
    return undefined
  }
  if (readOnly) throw new WrongUsage(conformance.writeAndReadOnly)
  if (isYandex(url) && !realCustomer) throw new WrongUsage(conformance.realCustomer(new URL(url).hostname))
  return writeToChat
}

function isYandex(url: string): boolean {
  return /(^|\.)yandex(-team)?\.[a-z.]+$/i.test(new URL(url).hostname.replace(/\.$/, ''))
}
