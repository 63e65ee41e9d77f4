import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type ChatId, headers, idempotencyKeyMaxLength, type OperationName, refusals } from '#contract'
import type { Content } from './content.ts'

/** A request that is to be done once: the hash of its idempotency key, and a hash that is the same for the same request. SHA-256, hex. */
export type RequestKey = { keyHash: string; fingerprint: string }

const visibleAscii = new RegExp(`^[!-~]{1,${idempotencyKeyMaxLength}}$`)

/** The idempotency key of a request, if it has one. Throws the refusal of a malformed one; two keys are malformed. */
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
