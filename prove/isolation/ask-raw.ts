import { Agent, request } from 'node:http'
import { headers } from '#contract'
import type { BuiltCall } from '../api/build-call.ts'

export type RawAnswer = { status: number; headers: string; text: string }

const agent = new Agent({ keepAlive: true, maxSockets: 16 })
/** They differ from one answer to the next of the same request. */
const volatile = [
  'date',
  headers.traceparent,
  headers.remaining,
  headers.until,
  'connection',
  'keep-alive',
  'content-length',
]

/** One request, its token in every header that may hold one. Of a stream the first words are read. */
export function askRaw(url: string, call: BuiltCall, token: string | undefined): Promise<RawAnswer> {
  const credentials = token === undefined ? {} : { [headers.apiKey]: token, authorization: `Bearer ${token}` }
  const body = call.body === undefined ? undefined : Buffer.from(call.body)
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${call.path}`, {
      ...{ agent, method: call.verb },
      headers: { ...call.headers, ...credentials, ...(body && { 'content-length': body.length }) },
    })
    sent.on('error', reject).on('response', answer => {
      const isStream = answer.headers['content-type']?.startsWith('text/event-stream') ?? false
      const chunks: Buffer[] = []
      const done = () => {
        const told = Object.entries(answer.headers).filter(([name]) => !volatile.includes(name))
        resolve({
          status: answer.statusCode ?? 0,
          headers: JSON.stringify(told),
          text: Buffer.concat(chunks).toString(),
        })
      }
      answer.on('end', done).on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (!isStream) return
        done()
        answer.destroy()
      })
    })
    sent.end(body)
  })
}
