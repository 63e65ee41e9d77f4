import { type OperationName, operations } from '#contract'
import { type BenchBusiness, connectionsPerBusiness, type Stage } from '../stage.ts'
import { type Histories, text } from './histories.ts'
import { sampleOf } from './sample.ts'

/** A call of the published API; path with its query. */
export type Call = { verb: string; path: string; token: string; body: string | undefined }

/** What is asked about a chat of a business. */
export type Request = (business: BenchBusiness, chatId: number) => Call

export const postRequest: Request = (business, chatId) =>
  call(business, 'sendMessageToChat', { query: `?chatId=${chatId}`, json: { message: text } })

export const chatsRequest: Request = business => call(business, 'getChats', { query: '?limit=20', json: {} })

export const historyRequest: Request = (business, chatId) =>
  call(business, 'getChatHistory', { query: `?chatId=${chatId}&limit=100`, json: {} })

/** One of the messages of a chat; another in the next chat. */
export const messageRequest =
  (histories: Histories): Request =>
  (business, chatId) =>
    call(business, 'getChatMessage', { query: `?chatId=${chatId}&messageId=${histories.someMessageOf(chatId)}` })

type Asked = { query: string; json?: object }

function call({ businessId, token }: BenchBusiness, name: OperationName, { query, json }: Asked): Call {
  const { verb, path } = operations[name]
  const url = `${path.replace('{businessId}', String(businessId))}${query}`
  return { verb, path: url, token, body: json && JSON.stringify(json) }
}

/** The call as it goes over the wire. */
function wire({ verb, path, token, body }: Call): string {
  const ofBody =
    body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]
  return `${[`${verb} ${path} HTTP/1.1`, 'host: bench', `api-key: ${token}`, ...ofBody].join('\r\n')}\r\n\r\n${body ?? ''}`
}

/** The pages of a chat's whole history, each as a request. */
export async function historyPages(port: number, business: BenchBusiness, chatId: number): Promise<string[]> {
  const pages: string[] = []
  for (let token: string | undefined = ''; token !== undefined; ) {
    const first = historyRequest(business, chatId)
    const page: Call = { ...first, path: token ? `${first.path}&pageToken=${encodeURIComponent(token)}` : first.path }
    pages.push(wire(page))
    const { body } = await sampleOf(port, page)
    token = (JSON.parse(body) as { result: { paging?: { nextPageToken?: string } } }).result.paging?.nextPageToken // as published
  }
  return pages
}

/** What each connection of every business sends, chat after chat; each begins at another chat. */
export function connectionsOf({ businesses }: Pick<Stage, 'businesses'>, request: Request): string[][] {
  return businesses.flatMap(business =>
    Array.from({ length: connectionsPerBusiness }, (_, n) => {
      const chats = [...business.chatIds.slice(n * 16), ...business.chatIds.slice(0, n * 16)]
      return chats.map(chatId => wire(request(business, chatId)))
    }),
  )
}
