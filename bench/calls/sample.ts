import { request } from 'node:http'
import type { Call } from './requests.ts'

/** An answer as it came, without the headers that node:http writes by itself. */
export type Sample = { headers: Record<string, string | string[]>; body: string }

const writtenByNode = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']

/** What a server answers to a call now. Throws when that is not 200. */
export async function sampleOf(port: number, { verb, path, token, body }: Call): Promise<Sample> {
  const { promise, resolve, reject } = Promise.withResolvers<Sample>()
  const headers = { 'api-key': token, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const asked = request({ port, host: '127.0.0.1', method: verb, path, headers, agent: false }, async response => {
    const text = Buffer.concat(await response.toArray()).toString()
    if (response.statusCode !== 200) reject(new Error(`${verb} ${path} was answered with ${response.statusCode}`))
    const kept = Object.entries(response.headers).filter(([name]) => !writtenByNode.includes(name))
    resolve({ headers: Object.fromEntries(kept.map(([name, value = '']) => [name, value])), body: text })
  })
  asked.on('error', reject).end(body)
  return promise
}
