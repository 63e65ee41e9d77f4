import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type ChatId, headers, idempotencyKeyMaxLength, type OperationName, refusals } from '#contract'
import type { Content } from './content.ts'

/** Under what a request is kept that is to be done once, and what makes it the same request: both SHA-256, in hex. */
export type RequestKey = { keyHash: string; fingerprint: string }

const visibleAscii = new RegExp(`^[!-~]{1,${idempotencyKeyMaxLength}}$`)

/** The idempotency key of a request, if it has one. Throws the refusal of one that is no key; two of them are none. */
export function readKey({ headers: given }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const key = given[headers.idempotencyKey]
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !visibleAscii.test(key)) throw refusals.idempotencyKeyUnfit()
  return key
}

type Asked = { operation: OperationName; chatId: ChatId; content: Content }

export function requestKey(key: string, { operation, chatId, content }: Asked): RequestKey {
  const said = content.kind === 'file' ? [content.fileName, content.fileHash] : [content.body]
  return { keyHash: sha256(key), fingerprint: sha256(JSON.stringify([operation, `${chatId}`, ...said])) }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
