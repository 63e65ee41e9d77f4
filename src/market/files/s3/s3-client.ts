import { type IncomingHttpHeaders, type IncomingMessage, Agent as PlainAgent } from 'node:http'
import { Agent as SafeAgent } from 'node:https'
import { setTimeout as after } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { exchange, readText, type Stalls, withoutStalls } from './exchange.ts'
import { S3Error } from './s3-error.ts'
import type { S3Place } from './s3-place.ts'

export type S3Call = {
  method: 'GET' | 'PUT' | 'DELETE'
  /** Without one the bucket is meant. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** The file to store; without one PUT stores nothing under its key. */
  body?: { path: string; sizeBytes: number; hash: string }
  /** By its own clock S3 does it only then; otherwise within fifteen minutes of ours. */
  valid?: { from: Date; seconds: number }
}

export type Patience = {
  /** How often a call is made at most. */
  attempts: number
  /** How long one waits for its answer, and for more of an answer. */
  attemptMs: number
  /** When no other one is begun. */
  wholeMs: number
  firstWaitMs: number
  /** How long a file waits that somebody removes: they are done in a moment, unless they were killed. */
  removalMs: number
}

export type ClientOptions = { patience?: Patience; random?: () => number }

export const patienceDefault: Patience = {
  ...{ attempts: 3, attemptMs: 10_000, wholeMs: 15_000, firstWaitMs: 200 },
  removalMs: 10_000,
}

const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Calls S3 until it answers as it should, or for as long as the patience lasts. All calls may be made twice without harm. */
export class S3Client {
  readonly #place: S3Place
  readonly #patience: Patience
  /** For the jitter of waits. */
  readonly #random: () => number
  readonly #stalls: Stalls
  readonly #agent: PlainAgent
  readonly #signingKeys = new Map<string, ArrayBuffer>()

  constructor(place: S3Place, { patience = patienceDefault, random = Math.random }: ClientOptions = {}) {
    this.#place = place
    this.#patience = patience
    this.#random = random
    this.#stalls = { asked: 'to the end', patienceMs: patience.attemptMs }
    const isSafe = place.endpoint.startsWith('https:')
    this.#agent = new (isSafe ? SafeAgent : PlainAgent)({ keepAlive: true })
  }

  /** Resolves to an answer of success, whose body has to be read or destroyed. Rejects with an S3Error. */
  send(call: S3Call): Promise<IncomingMessage> {
    return this.#patiently(() => this.#attempt(call))
  }

  /** The text of an answer of success, which is not long, and its head. */
  ask(call: S3Call, attempts?: number): Promise<{ text: string; headers: IncomingHttpHeaders }> {
    return this.#patiently(async () => {
      const answer = await this.#attempt(call)
      return { text: await readText(answer, this.#stalls), headers: answer.headers }
    }, attempts)
  }

  /** The bytes of an answer, as fast as they are wanted. */
  bytesOf(answer: IncomingMessage): AsyncGenerator<Buffer> {
    return withoutStalls(answer, this.#stalls)
  }

  async #patiently<T>(attempt: () => Promise<T>, attempts = this.#patience.attempts): Promise<T> {
    const { wholeMs, firstWaitMs } = this.#patience
    const until = performance.now() + wholeMs
    for (let made = 1; ; made++) {
      try {
        return await attempt()
      } catch (error) {
        const mayPass = error instanceof S3Error && error.isPassing
        if (!mayPass || made >= attempts || performance.now() > until) throw error
      }
      await after(firstWaitMs * 2 ** (made - 1) * (0.5 + this.#random()))
    }
  }

  async #attempt(call: S3Call): Promise<IncomingMessage> {
    const { method, url, headers } = await this.#sign(call)
    const asked = describe(call)
    const outgoing = { asked, method, url, headers, bodyPath: call.body?.path, agent: this.#agent }
    const answer = await exchange(outgoing, this.#patience.attemptMs)
    const { statusCode: status = 0 } = answer
    if (status >= 200 && status < 300) return answer
    const [, code = 'without a reason'] = /<Code>(\w+)<\/Code>/.exec(await readText(answer, this.#stalls)) ?? []
    throw new S3Error(asked, { status, code })
  }

  async #sign({ method, key, query, headers, body, valid }: S3Call) {
    const { endpoint, region, bucket, credentials } = this.#place
    const url = new URL(key === undefined ? `${endpoint}/${bucket}` : `${endpoint}/${bucket}/${key}`)
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
    if (valid) url.searchParams.set('X-Amz-Expires', `${valid.seconds}`)
    const sent = valid ? {} : { 'x-amz-content-sha256': body?.hash ?? hashOfNothing }
    const signed = await new AwsV4Signer({
      ...credentials,
      ...{ region, service: 's3', cache: this.#signingKeys, method, url: url.href },
      headers: { ...headers, ...sent, ...(method === 'PUT' && { 'content-length': `${body?.sizeBytes ?? 0}` }) },
      ...(valid && { signQuery: true, datetime: formatAmzDate(valid.from) }),
    }).sign()
    return { method, url: signed.url, headers: Object.fromEntries(signed.headers) }
  }
}

const describe = ({ method, key, query }: S3Call) => `${method} ${key ?? query?.['prefix'] ?? 'the bucket'}`

/** As 20261130T235959Z. */
function formatAmzDate(date: Date): string {
  return date.toISOString().replace(/[:-]|\.\d{3}/g, '')
}
