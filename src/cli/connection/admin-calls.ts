import type { Static, TSchema } from '#contract'
import { decode, int32, parseJson, serializeJson, Type } from '#contract'
import { codeOf, Problem } from '#kit'
import type { Texts } from '../texts/index.ts'

const usualPatienceMs = 30_000

type Call = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

const ProblemBody = Type.Object({
  detail: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ at: Type.String(), problem: Type.String() }))),
  failure: Type.Optional(Type.Object({ reason: Type.String(), status: Type.Optional(int32()) })),
})
type ProblemBody = Static<typeof ProblemBody>
type Words = Texts['connection']
type Answer = { status: number; text: string }

/** The market has refused, and says why. */
export class Refused extends Problem {
  readonly status: number
  readonly body: ProblemBody
  constructor(status: number, body: ProblemBody, { refused, refusedFor }: Words) {
    const errors = (body.errors ?? []).map(({ at, problem }) => `${at} ${problem}`).join('; ')
    super(errors === '' ? refused(body.detail) : refusedFor(errors))
    this.status = status
    this.body = body
  }
}

/** Nothing answers there, at least not now. */
export class MarketAway extends Problem {
  readonly why: string
  constructor(message: string, why: string, cause?: unknown) {
    super(message, { cause })
    this.why = why
  }
}

type Place = {
  url: string
  adminToken: string
  /** The token to take after the market has refused one, if there is another. */
  renew?: ((refused: string) => Promise<string | undefined>) | undefined
  /** How long an answer is waited for. */
  patienceMs?: number
}

/** Calls of the admin API, or with a buyer's token of the buyer API. */
export class AdminCalls {
  readonly url: string
  readonly #renew: Place['renew']
  readonly #patienceMs: number
  #token: string
  readonly #words: Words
  constructor(
    { url, adminToken, renew, patienceMs = usualPatienceMs }: Place,
    { connection }: Pick<Texts, 'connection'>,
  ) {
    this.url = url
    this.#renew = renew
    this.#patienceMs = patienceMs
    this.#token = adminToken
    this.#words = connection
  }

  /** The same market, called by somebody else. */
  as(token: string): AdminCalls {
    return new AdminCalls({ url: this.url, adminToken: token }, { connection: this.#words })
  }

  /** The same, for calls whose answer takes longer. */
  patiently(patienceMs: number): AdminCalls {
    const place = { url: this.url, adminToken: this.#token, renew: this.#renew, patienceMs }
    return new AdminCalls(place, { connection: this.#words })
  }

  /** Returns what of the answer the schema names. Throws Refused, MarketAway, or a Problem if it is no such market. */
  async ask<S extends TSchema>(call: Call, schema: S, json?: unknown): Promise<Static<S>> {
    const text = await this.#send(call, json)
    const parsed = parseJson(text)
    const answer = decode(schema, parsed.ok ? parsed.value : undefined, 'the answer')
    if (answer.ok) return answer.value
    throw new Problem(this.#words.otherVersion(this.url))
  }

  /** The answer as it is, for what is only shown. */
  async askWhole(call: Call): Promise<unknown> {
    const parsed = parseJson(await this.#send(call, undefined))
    if (parsed.ok) return parsed.value
    throw new Problem(this.#words.otherVersion(this.url))
  }

  /** The same for a call whose answer says nothing. */
  async tell(call: Call, json?: unknown): Promise<void> {
    await this.#send(call, json)
  }

  async #send(call: Call, json: unknown): Promise<string> {
    const refused = this.#token
    const answer = await this.#sendOnce(call, json)
    if (answer.status !== 401) return this.#read(answer)
    const next = await this.#renew?.(refused)
    if (next !== undefined) this.#token = next
    return this.#read(next === undefined ? answer : await this.#sendOnce(call, json))
  }

  #read({ status, text }: Answer): string {
    if (status >= 200 && status < 300) return text
    throw this.#refusal(status, text)
  }

  async #sendOnce(call: Call, json: unknown): Promise<Answer> {
    const [method = '', path = ''] = call.split(' ')
    const isForm = json instanceof FormData
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(json !== undefined && !isForm && { 'content-type': 'application/json' }),
    }
    const body = json === undefined ? null : isForm ? json : serializeJson(json)
    try {
      const signal = AbortSignal.timeout(this.#patienceMs)
      const answer = await fetch(this.url + path, { method, headers, body, signal, redirect: 'error' })
      return { status: answer.status, text: await answer.text() }
    } catch (error) {
      throw this.#away(this.#whyNot(error), error)
    }
  }

  #refusal(status: number, text: string): Problem {
    if (status === 401) return new Problem(this.#words.badToken(this.url))
    const parsed = parseJson(text)
    const body = decode(ProblemBody, parsed.ok ? parsed.value : undefined)
    if (status === 503) return this.#away(this.#words.unwell)
    if (body.ok) return new Refused(status, body.value, this.#words)
    return new Problem(this.#words.noMarket(this.url, status))
  }

  #away(why: string, cause?: unknown): MarketAway {
    return new MarketAway(this.#words.away(this.url, why), why, cause)
  }

  /** The code of the system, of the connection, or in the worst case the name of the error. */
  #whyNot(error: unknown): string {
    const { noReason, noAnswer } = this.#words
    if (!(error instanceof Error)) return noReason
    if (error.name === 'TimeoutError') return noAnswer(this.#patienceMs / 1000)
    return codeOf(error.cause) ?? codeOf(error) ?? (error.cause instanceof Error ? error.cause.message : error.message)
  }
}
