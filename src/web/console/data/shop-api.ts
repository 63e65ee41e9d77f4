import { decodeAnswer, ErrorResponse, headers, type Operation, parseJson, serializeJson } from '#contract'
import { ProblemError } from '../../ui/feedback/problem.ts'
import { useShopKey } from './shop-key.ts'

/** A request of the published API as a shop's program would send it. */
export type ShopRequest = { method: string; path: string; body: object }
export type ShopAnswer = { status: number; body: unknown }

type About = { businessId: string; chatId: string }

export function shopRequest(operation: Operation, { businessId, chatId }: About, body: object): ShopRequest {
  const path = operation.path.replace('{businessId}', businessId)
  return { method: operation.verb, path: `${path}?chatId=${chatId}`, body }
}

/** Sends requests as the shop. */
export function useShop(): (request: ShopRequest) => Promise<ShopAnswer> {
  const key = useShopKey()
  return async request => {
    try {
      return await send(request, await key.read())
    } catch (error) {
      // The key was revoked meanwhile.
      if (error instanceof ProblemError && error.status === 401) return send(request, await key.renew())
      throw error
    }
  }
}

/** Throws a ProblemError in the words of the published API. */
async function send({ method, path, body }: ShopRequest, key: string): Promise<ShopAnswer> {
  const isForm = body instanceof FormData
  const answer = await fetch(path, {
    method,
    headers: { [headers.apiKey]: key, ...(!isForm && { 'content-type': 'application/json' }) },
    body: isForm ? body : serializeJson(body),
    credentials: 'omit',
  }).catch(() => {
    throw new ProblemError(0, {})
  })
  const read = parseJson(await answer.text())
  const value = read.ok ? read.value : undefined
  if (!answer.ok) throw new ProblemError(answer.status, { detail: reasonOf(value) })
  return { status: answer.status, body: value }
}

function reasonOf(value: unknown): string {
  const read = decodeAnswer(ErrorResponse, value)
  return read.ok ? (read.value.errors ?? []).map(({ code, message = code }) => message).join('; ') : ''
}
