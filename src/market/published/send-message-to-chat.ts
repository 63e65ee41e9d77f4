import type { Postbox } from '../chats/postbox.ts'
import { readKey } from '../chats/request-key.ts'
import type { Answer, Call } from './operation-handler.ts'
import { postAsPartner } from './post-as-partner.ts'

export async function sendMessageToChat(
  needs: { postbox: Postbox },
  { params, query, body, raw, noteReplay }: Call<'sendMessageToChat'>,
): Promise<Answer<'sendMessageToChat'>> {
  return postAsPartner(needs, {
    operation: 'sendMessageToChat',
    ...params,
    ...query,
    content: { kind: 'text', body: body.message },
    key: readKey(raw),
    noteReplay,
  })
}
