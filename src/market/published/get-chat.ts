import { refusals } from '#contract'
import type { Readbox } from '../chats/readbox.ts'
import { type Call, WrittenAnswer } from './operation-handler.ts'

export async function getChat(
  { readbox }: { readbox: Pick<Readbox, 'chat'> },
  { params, query }: Pick<Call<'getChat'>, 'params' | 'query'>,
): Promise<WrittenAnswer<'getChat'>> {
  const { chat } = await readbox.chat({ ...params, ...query })
  if (chat === null) throw refusals.chatNotFound(query.chatId)
  return new WrittenAnswer(`{"status":"OK","result":${chat}}`)
}
