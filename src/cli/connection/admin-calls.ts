import type { Static, TSchema } from 'typebox'
import { Type } from 'typebox'
import { decode, parseJson, serializeJson } from '#contract'
import { Problem } from '#kit'
import { codeOf } from '../terminal/error-code.ts'

const patienceMs = 30_000

type Call = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

const ProblemBody = Type.Object({
  detail: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ at: Type.String(), problem: Type.String() }))),
  failure: Type.Optional(Type.Object({ reason: Type.String() })),
})
type ProblemBody = Static<typeof ProblemBody>

/** The market has refused, and says why. */
export class Refused extends Problem {
  readonly status: number
  readonly body: ProblemBody
  constructor(status: number, body: ProblemBody) {
    const errors = (body.errors ?? []).map(({ at, problem }) => `${at} ${problem}`).join('; ')
    super(errors === '' ? body.detail : `The market refuses: ${errors}.`)
    this.status = status
    this.body = body
  }
}

/** Nothing answers there, at least not now. */
export class MarketAway extends Problem {
  readonly why: string
  constructor(url: string, why: string, cause?: unknown) {
    super(`No market answers at ${url} (${why}): start it with "prilavok up", or check --url.`, { cause })
    this.why = why
  }
}

/** Calls of the admin API, or with a buyer's token of the buyer API. */
export class AdminCalls {
  readonly url: string
  readonly #token: string
  constructor(url: string, token: string) {
    this.url = url
    this.#token = token
  }

  /** Returns what of the answer the schema names. Throws Refused, MarketAway, or a Problem if it is no such market. */
  async ask<S extends TSchema>(call: Call, schema: S, json?: unknown): Promise<Static<S>> {
    const text = await this.#send(call, json)
    const parsed = parseJson(text)
    const answer = decode(schema, parsed.ok ? parsed.value : undefined, 'the answer')
    if (answer.ok) return answer.value
    throw new Problem(`What answers at ${this.url} is not a market of this version: check --url.`)
  }

  /** The same for a call whose answer says nothing. */
  async tell(call: Call, json?: unknown): Promise<void> {
    await this.#send(call, json)
  }

  async #send(call: Call, json: unknown): Promise<string> {
    const [method = '', path = ''] = call.split(' ')
    const isForm = json instanceof FormData
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(json !== undefined && !isForm && { 'content-type': 'application/json' }),
    }
    const body = json === undefined ? null : isForm ? json : serializeJson(json)
    try {
      const signal = AbortSignal.timeout(patienceMs)
      const answer = await fetch(this.url + path, { method, headers, body, signal, redirect: 'error' })
      const text = await answer.text()
      if (!answer.ok) throw this.#refusal(answer.status, text)
      return text
    } catch (error) {
      if (error instanceof Problem) throw error
      throw new MarketAway(this.url, whyNot(error), error)
    }
  }

  #refusal(status: number, text: string): Problem {
    if (status === 401)
      return new Problem(
        `The market at ${this.url} does not take this token: check --admin-token (PRILAVOK_ADMIN_TOKEN).`,
      )
    const parsed = parseJson(text)
    const body = decode(ProblemBody, parsed.ok ? parsed.value : undefined)
    if (status === 503) return new MarketAway(this.url, 'it answers 503: its database is away, or it stops')
    if (body.ok) return new Refused(status, body.value)
    return new Problem(`What answers at ${this.url} is not a market (status ${status}): check --url.`)
  }
}

/** The code of the system, of the connection, or in the worst case the name of the error. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason was given'
  if (error.name === 'TimeoutError') return `no answer in ${patienceMs / 1000} s`
  return codeOf(error.cause) ?? codeOf(error) ?? (error.cause instanceof Error ? error.cause.message : error.message)
}
