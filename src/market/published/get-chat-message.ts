import { refusals } from '#contract'
import type { Readbox } from '../chats/readbox.ts'
import { type Call, WrittenAnswer } from './operation-handler.ts'

export async function getChatMessage(
  { readbox }: { readbox: Pick<Readbox, 'message'> },
  { params, query }: Call<'getChatMessage'>,
): Promise<WrittenAnswer<'getChatMessage'>> {
  const { chatId, messageId } = query
  const { hasChat, message } = await readbox.message({ ...params, chatId, messageId })
  if (!hasChat) throw refusals.chatNotFound(chatId)
  if (message === null) throw refusals.messageNotFound(messageId, chatId)
  return new WrittenAnswer(`{"status":"OK","result":${message}}`)
}
