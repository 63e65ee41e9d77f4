import { refusals } from '#contract'
import type { Answer, Call } from '../operation-handler.ts'
import type { Postbox } from './postbox.ts'

export async function sendMessageToChat(
  { postbox }: { postbox: Postbox },
  { params, query, body }: Call<'sendMessageToChat'>,
): Promise<Answer<'sendMessageToChat'>> {
  const posted = await postbox.post({
    businessId: params.businessId,
    chatId: query.chatId,
    event: 'partner_writes',
    sender: 'partner',
    content: { kind: 'text', body: body.message },
  })
  if (posted.outcome !== 'done') throw refusals.chatNotFound(query.chatId)
  return { status: 'OK' }
}
