/** A call of each published operation that succeeds, made from the contract, for tests to bend. */
import { beforeAll } from 'vitest'
import { type Operation, type OperationName, type OrderId, operations, type Schema } from '#contract'
import { makeBusiness, type TestBusiness } from './business.ts'
import { ask, type Reply } from './http.ts'
import type { TestMarket } from './test-market.ts'

export const operationNames = Object.keys(operations) as OperationName[] // the table's own keys

/** A business with a chat and a message in it. */
export type Scene = TestBusiness & { chatId: bigint; messageId: bigint; orderId: OrderId }

export async function makeScene(market: Pick<TestMarket, 'url' | 'adminToken'>): Promise<Scene> {
  const business = await makeBusiness(market, { scopes: ['all-methods'] })
  const orderId = await business.makeOrder()
  const { chatId } = resultOf(await business.call('/chats/new', { orderId })) as { chatId: number } // the published answer
  await business.call(`/chats/message?chatId=${chatId}`, { message: 'Добрый день' })
  const history = resultOf(await business.call(`/chats/history?chatId=${chatId}`, {}))
  const { messages } = history as { messages: { messageId: number }[] } // the published answer
  return { ...business, orderId, chatId: BigInt(chatId), messageId: BigInt(messages[0]?.messageId ?? 0) }
}

/** The scene of a test file. Call it in the body of the file; it is set before the first test runs. */
export function useScene(market: TestMarket): Scene {
  const scene = {} as Scene // filled before the first test runs
  beforeAll(async () => {
    Object.assign(scene, await makeScene(market))
  })
  return scene
}

export function resultOf(reply: Reply): Record<string, unknown> {
  if (reply.status !== 200) throw new Error(`expected 200, got ${reply.status} ${reply.text}`)
  return (reply.body as { result: Record<string, unknown> }).result // the published answer
}

export type PublishedCall = {
  operation: Operation
  verb: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  json?: unknown
  body?: string | FormData | Uint8Array<ArrayBuffer> | ReadableStream
}

const bodies: Partial<Record<OperationName, (scene: Scene) => unknown>> = {
  getChats: () => ({}),
  getChatHistory: () => ({}),
  getBusinessOrders: () => ({}),
  createChat: ({ orderId }) => ({ context: { type: 'ORDER', id: orderId } }),
  sendMessageToChat: () => ({ message: 'Уже отправили' }),
}

export function makeCall(name: OperationName, scene: Scene): PublishedCall {
  const operation: Operation = operations[name]
  const { required = [] } = (operation.query ?? {}) as Schema // an object schema
  const values: Record<string, bigint> = { ...pickIds(scene) }
  const json = bodies[name]?.(scene)
  return {
    operation,
    verb: operation.verb,
    path: operation.path.replace(/\{(\w+)\}/g, (_all, id) => `${values[id]}`),
    query: Object.fromEntries(required.map(id => [id, `${values[id]}`])),
    headers: { 'api-key': scene.token },
    ...(json !== undefined && { json }),
    ...(operation.filePart && { body: makeForm(new Uint8Array([1, 2, 3])) }),
  }
}

function pickIds({ businessId, campaignId, chatId, messageId }: Scene) {
  return { businessId, campaignId, chatId, messageId }
}

export function makeForm(bytes: Uint8Array<ArrayBuffer>, name = 'notes.bin', part = 'file'): FormData {
  const form = new FormData()
  form.set(part, new Blob([bytes]), name)
  return form
}

export function send(market: Pick<TestMarket, 'url'>, call: PublishedCall): Promise<Reply> {
  const { verb, path, query, headers, json, body } = call
  const search = new URLSearchParams(query).toString()
  const payload = { ...(json !== undefined && { json }), ...(body !== undefined && { body }) }
  return ask(`${market.url}${path}${search && `?${search}`}`, { method: verb, headers, ...payload })
}

/** The envelope of a refusal, letter for letter. */
export function envelope(code: string, ...messages: string[]): string {
  return JSON.stringify({ status: 'ERROR', errors: messages.map(message => ({ code, message })) })
}

export const badRequest = (...messages: string[]) => ({ status: 400, text: envelope('BAD_REQUEST', ...messages) })

/** What of a reply a refusal promises. */
export function brief({ status, text }: Reply): { status: number; text: string } {
  return { status, text }
}
