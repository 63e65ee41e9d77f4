import type { Stage } from '../stage.ts'
import { fillHistories } from './histories.ts'
import { chatsRequest, historyRequest, messageRequest, postRequest, type Request } from './requests.ts'
import { chatsScript, historyScript, messageScript, postScript } from './scripts.ts'

/** A call that is measured, and what pgbench runs in its stead. */
export type Kind = { name: string; request: Request; script: string }
export type Kinds = Record<'post' | 'chats' | 'history' | 'message', Kind>

/** On histories of 100 messages in each chat, which are written if they are not there. */
export async function makeKinds(stage: Stage): Promise<Kinds> {
  const histories = await fillHistories(stage)
  return {
    post: { name: 'posting', request: postRequest, script: postScript(stage) },
    chats: { name: 'chat list of 20', request: chatsRequest, script: chatsScript(stage) },
    history: { name: 'history page of 100', request: historyRequest, script: historyScript(stage) },
    message: {
      name: 'one message by its id',
      request: messageRequest(histories),
      script: messageScript(stage, histories),
    },
  }
}
