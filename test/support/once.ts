import { headers } from '#contract'
import type { Reply } from './http.ts'
import { makeCall, makeForm, resultOf, type Scene, send } from './published-calls.ts'
import type { TestMarket } from './test-market.ts'

type At = Pick<TestMarket, 'url'>
type Words = { key: string | undefined; message?: string; chatId?: bigint }

/** Sends a message with an idempotency key. */
export function sayOnce(at: At, scene: Scene, { key, message = 'Уже в пути', chatId = scene.chatId }: Words) {
  const call = makeCall('sendMessageToChat', { ...scene, chatId })
  return send(at, { ...call, headers: { ...call.headers, ...keyHeader(key) }, json: { message } })
}

type Picture = { key: string; bytes: number[]; name?: string }

/** Sends a file with an idempotency key. */
export function sendFileOnce(at: At, scene: Scene, { key, bytes, name }: Picture): Promise<Reply> {
  const call = makeCall('sendFileToChat', scene)
  const body = makeForm(new Uint8Array(bytes), name)
  return send(at, { ...call, headers: { ...call.headers, ...keyHeader(key) }, body })
}

const keyHeader = (key: string | undefined) => (key === undefined ? {} : { [headers.idempotencyKey]: key })

export const done = { text: '{"status":"OK"}', replayed: null }
export const replayed = { text: '{"status":"OK"}', replayed: 'true' }

/** What an answer says of having been given before. */
export function brieflyOnce({ text, headers: told }: Reply) {
  return { text, replayed: told.get(headers.idempotencyReplayed) }
}

/** The texts of a chat, or the names of its files, oldest first, after the first message of the scene. */
export async function readSaid(at: At, scene: Scene, chatId = scene.chatId): Promise<(string | undefined)[]> {
  const call = makeCall('getChatHistory', { ...scene, chatId })
  const reply = await send(at, { ...call, query: { ...call.query, limit: '100' } })
  const { messages } = resultOf(reply) as { messages: Said[] } // the published answer
  return messages.map(({ message, payload }) => message ?? payload?.[0]?.name).filter(text => text !== 'Добрый день')
}

type Said = { message?: string; payload?: { name: string }[] }
