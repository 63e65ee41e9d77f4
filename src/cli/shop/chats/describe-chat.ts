import type { Chat, ChatContext, ChatStatus, Message, Sender } from '#client'
import { chatTypes, inside, senders } from '#contract'
import { formatBytes } from '../../terminal/format-units.ts'
import { onOneLine } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'

const [, disputeType] = chatTypes
const [shop, buyer] = senders

/** Words that the market adds one day are shown as they are. */
function wordOf<Value>(table: Record<string, Value>, word: string): Value | undefined {
  return new Map(Object.entries(table)).get(inside(word))
}

function statusWords(status: ChatStatus, texts: Texts): string {
  return wordOf(texts.statuses, status) ?? onOneLine(status)
}

/** Whose move it is, and whether it is a dispute. */
export function stateOf({ status, type }: Chat, texts: Texts): string {
  return type === disputeType ? `${statusWords(status, texts)}, ${texts.dispute}` : statusWords(status, texts)
}

export function aboutOf({ type, orderId, returnId }: ChatContext, texts: Texts): string {
  const format = wordOf(texts.contexts, type)
  return format === undefined ? onOneLine(type) : format(returnId ?? orderId)
}

export function buyerOf({ customer }: ChatContext): string {
  return onOneLine(customer?.name ?? customer?.publicId ?? '')
}

/** The buyer by name where it is known. */
export function senderOf(sender: Sender, chat: Chat | undefined, texts: Texts): string {
  const name = sender === buyer && chat ? buyerOf(chat.context) : ''
  return name === '' ? (wordOf(texts.senders, sender) ?? onOneLine(sender)) : name
}

export function isOurs(sender: Sender): boolean {
  return sender === shop
}

export function isBuyers(sender: Sender): boolean {
  return sender === buyer
}

/** The text, and a note for each file. */
export function bodyOf({ text, files = [] }: Message, texts: Texts): string {
  const notes = files.map(({ name, sizeBytes }) =>
    texts.history.file(onOneLine(name), formatBytes(sizeBytes, texts.language)),
  )
  const body = [text, ...notes].filter(part => part !== undefined && part !== '').join('\n')
  return body === '' ? texts.history.sticker : body
}
