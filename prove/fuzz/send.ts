import { Agent, request } from 'node:http'
import type { HostileCall } from './hostile-call.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 24 })
const patienceMs = 60_000

/** The status of the answer; or why there was none. A stream is left after its first words. */
export function send(url: string, { verb, path, headers, body }: HostileCall): Promise<number | string> {
  const { hostname, port } = new URL(url)
  return new Promise(resolve => {
    const length = body ? { 'content-length': `${body.length}` } : {}
    const sent = request({ agent, hostname, port, path, method: verb, headers: { ...headers, ...length } })
    sent.setTimeout(patienceMs, () => sent.destroy(new Error(`no answer in ${patienceMs / 1000} s`)))
    sent.on('error', error => resolve(error.message))
    sent.on('response', response => {
      const { statusCode = 0 } = response
      if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
      response.resume().on('close', () => resolve(statusCode))
    })
    sent.end(body)
  })
}

/** The request in one line, as JavaScript could send it again. */
export function spellCall({ verb, path, headers, body }: HostileCall): string {
  const cut = (text: string) => (text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text)
  return `${verb} ${cut(path)} ${cut(JSON.stringify({ ...headers, authorization: undefined, 'api-key': undefined }))} ${cut(JSON.stringify(body?.toString('latin1') ?? ''))}`
}
