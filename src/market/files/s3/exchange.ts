import { createReadStream } from 'node:fs'
import { type Agent, type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSafe } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { codeOf, deadline, pathOf } from '#kit'
import { S3Error } from './s3-error.ts'

export type Outgoing = {
  /** What it is, for whoever reads of its failure. */
  asked: string
  method: string
  url: URL
  headers: Record<string, string>
  /** The file to send. */
  bodyPath?: string | undefined
  agent: Agent
}

/** Sends a request, and resolves to the answer when its head is there. Whoever gets it reads it to its end or destroys it. */
export async function exchange(outgoing: Outgoing, patienceMs: number): Promise<IncomingMessage> {
  const { asked, method, url, headers, bodyPath, agent } = outgoing
  const options: RequestOptions = { method, headers, agent }
  const sending = (url.protocol === 'https:' ? requestSafe : requestPlain)(url, options)
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).on('error', reject)
    sending.once('close', () => reject(new Error('closed')))
    if (bodyPath === undefined) sending.end()
    else pipeline(createReadStream(bodyPath), sending).catch(reject)
  })
  const answer = await deadline(patienceMs, answered).catch(error => {
    throw notAnswered(asked, error)
  })
  if (answer) return answer
  sending.destroy()
  throw late(asked, patienceMs)
}

/** The text of an answer that is not long. */
export async function readText(answer: IncomingMessage, stalls: Stalls): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of withoutStalls(answer, stalls)) parts.push(part)
  return Buffer.concat(parts).toString()
}

export type Stalls = { asked: string; patienceMs: number }

/** What comes of an answer, as fast as it is wanted. Fails if the sender stops in the middle, not if the reader is slow. */
export async function* withoutStalls(
  answer: IncomingMessage,
  { asked, patienceMs }: Stalls,
): AsyncGenerator<Buffer, void, undefined> {
  const parts: AsyncIterator<Buffer> = answer.iterator({ destroyOnReturn: true })
  try {
    for (;;) {
      const next = await deadline(patienceMs, parts.next())
      if (next === undefined) throw late(asked, patienceMs)
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    throw error instanceof S3Error ? error : notAnswered(asked, error)
  } finally {
    answer.destroy()
  }
}

/** The disk's errors, of a file that was to be sent, are told as such. */
function notAnswered(asked: string, cause: unknown): unknown {
  return pathOf(cause) === undefined
    ? new S3Error(asked, { code: codeOf(cause) ?? 'the connection was closed', cause })
    : cause
}

function late(asked: string, patienceMs: number): S3Error {
  return new S3Error(asked, { code: `not within ${patienceMs / 1000} s` })
}
