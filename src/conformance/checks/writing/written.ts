import { historyPageMax } from '#contract'
import { withJson, withQuery } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'
import { idAt, items } from '../../scene/read.ts'
import { tokenOf } from '../reading/tokens.ts'

/** How far the chat written to was read, by scene: the next look begins there. */
const marks = new WeakMap<object, bigint>()

/** The newest message of the chat written to. Checks that write run one after the other. */
export async function newestMessage(probe: Probe): Promise<unknown> {
  const chatId = `${probe.need('writeChat')}`
  const mark = marks.get(probe.scene)
  const call = withJson(probe.call('getChatHistory'), mark === undefined ? {} : { messageIdFrom: mark })
  let newest: unknown
  let token: string | undefined
  do {
    const query = { chatId, limit: `${historyPageMax}`, ...(token !== undefined && { pageToken: token }) }
    const reply = await probe.read(withQuery(call, query))
    newest = items(reply.json, 'result', 'messages').at(-1) ?? newest
    token = tokenOf(reply)
  } while (token !== undefined)
  const id = idAt(newest, 'messageId')
  if (id !== undefined) marks.set(probe.scene, id)
  return newest
}
