import { refusals } from '#contract'
import type { FileStore } from '../files/file-store.ts'
import { receiveFile } from '../files/receive-file.ts'
import type { Answer, Call } from '../operation-handler.ts'
import { describeFile } from '../query-log/body-text.ts'
import { findChat } from '../store/chats.ts'
import type { Sql } from '../store/connect.ts'
import type { Postbox } from './postbox.ts'

type Needs = { sql: Sql; files: FileStore; postbox: Postbox }

/** The chat is looked for before the file is read: nothing is stored for a chat that is not there. */
export async function sendFileToChat(
  { sql, files, postbox }: Needs,
  { params, query, raw, describeBody }: Call<'sendFileToChat'>,
): Promise<Answer<'sendFileToChat'>> {
  const { businessId } = params
  const { chatId } = query
  if (!(await findChat(sql, businessId, chatId))) throw refusals.chatNotFound(chatId)
  const file = await receiveFile(files, businessId, raw)
  describeBody(describeFile(file))
  const content = { kind: 'file', ...file } as const
  const posted = await postbox.post({ businessId, chatId, event: 'partner_writes', sender: 'partner', content })
  if (posted.outcome !== 'done') throw refusals.chatNotFound(chatId)
  return { status: 'OK' }
}
