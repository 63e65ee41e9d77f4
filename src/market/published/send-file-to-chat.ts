import { refusals } from '#contract'
import type { Sql } from '#database'
import type { Postbox } from '../chats/postbox.ts'
import { readKey } from '../chats/request-key.ts'
import type { FileStore } from '../files/file-store.ts'
import { receiveFile } from '../files/receive-file.ts'
import { describeFile } from '../query-log/body-text.ts'
import { findChat } from '../store/chats.ts'
import type { Answer, Call } from './operation-handler.ts'
import { postAsPartner } from './post-as-partner.ts'

type Needs = { sql: Sql; files: FileStore; postbox: Postbox }

/** The chat is looked for before the file is read: nothing is stored for a chat that is not there. */
export async function sendFileToChat(
  { sql, files, postbox }: Needs,
  { params, query, raw, describeBody, noteReplay }: Call<'sendFileToChat'>,
): Promise<Answer<'sendFileToChat'>> {
  const { businessId } = params
  const { chatId } = query
  const key = readKey(raw)
  if (!(await findChat(sql, businessId, chatId))) throw refusals.chatNotFound(chatId)
  const file = await receiveFile(files, businessId, raw)
  describeBody(describeFile(file))
  const content = { kind: 'file', ...file } as const
  return postAsPartner({ postbox }, { operation: 'sendFileToChat', businessId, chatId, content, key, noteReplay })
}
