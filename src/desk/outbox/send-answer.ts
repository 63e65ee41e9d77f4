import type { MarketClient, SendOptions, Sent } from '#client'
import type { AnswerRow } from '../store/answers.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

/** The bytes of a file that was to be sent; undefined if they are not here any more. */
export type ReadFile = (hash: Buffer) => Promise<Buffer | undefined>
type Sending = { client: MarketClient; readFile: ReadFile; signal: AbortSignal }

/**
 * One attempt, with the answer's id as its key. A wait for the end of the hour is not waited here: the answer is postponed, and
 * says until when. Undefined: it was stopped, and is certainly not written.
 */
export async function sendAnswer(
  { client, readFile, signal }: Sending,
  answer: AnswerRow,
): Promise<Outcome | undefined> {
  const { fileHash, fileName } = answer
  const data = fileHash === null ? undefined : await readFile(fileHash)
  if (fileHash !== null && data === undefined)
    return { outcome: 'refused', reason: 'file', why: `the file ${fileName} is not here any more` }
  const waiting = new AbortController()
  const options: SendOptions = {
    ...{ urgency: 'person', idempotencyKey: answer.answerId, signal: AbortSignal.any([signal, waiting.signal]) },
    onWait: wait => waiting.abort(wait),
  }
  try {
    await send(client, { answer, data }, options)
    return { outcome: 'accepted' }
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined
    return outcomeOf(error)
  }
}

type Content = { answer: AnswerRow; data: Buffer | undefined }

function send(client: MarketClient, { answer, data }: Content, options: SendOptions): Promise<Sent> {
  const { chatId, text, fileName } = answer
  if (data === undefined) return client.messages.send(chatId, text ?? '', options)
  return client.messages.sendFile(chatId, { name: fileName ?? '', data: new Uint8Array(data) }, options)
}
