import type { Message } from '#client'
import { jsonLine } from '../../terminal/json-line.ts'
import type { Readable } from './readable.ts'
import { safePath } from './safe-name.ts'

/** A line for each chat, by ascending id. */
export async function* chatLines({ chats }: Readable): AsyncGenerator<string> {
  for await (const { chat } of chats()) yield `${jsonLine(chat)}\n`
}

/** A line for each message, by chat and id. The market's addresses of files expire and are left out. */
export async function* messageLines({ chats }: Readable): AsyncGenerator<string> {
  for await (const { chat, messages, there } of chats()) {
    for (const message of messages) yield `${jsonLine(lineOf(chat.chatId, message, there))}\n`
  }
}

function lineOf(chatId: bigint, { files, ...message }: Message, there: ReadonlySet<string>) {
  const told = files?.map(({ name, sizeBytes }, index) => {
    const path = safePath(chatId, message.messageId, { index, name })
    return { name, sizeBytes, ...(there.has(path) && { path }) }
  })
  return { chatId, ...message, ...(told && { files: told }) }
}
