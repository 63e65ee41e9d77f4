import { headers, readingChats } from '#contract'
import { FileForbidden, InvalidInput, WireError } from '../errors.ts'
import { type Means, type Outcome, unanswered } from '../http/ask.ts'
import type { Caller } from '../http/caller.ts'
import type { Connection } from '../http/connection.ts'
import { type Exchange, exchange } from '../http/exchange.ts'
import { readBody } from '../http/read-body.ts'
import { refusalOf } from '../http/refusal.ts'
import type { CallOptions, ChatFile } from '../types.ts'

export type Download = (file: ChatFile, options?: CallOptions) => Promise<Response>

const operation = { name: 'download', scopes: readingChats }
const hopsMax = 5
type Answered = Extract<Exchange, { kind: 'answered' }>

/** Downloads a file from its url. Only the market's own server gets the key; if another refuses, the error is FileForbidden. */
export function makeDownload(caller: Caller, { root }: Pick<Connection, 'root'>): Download {
  return async ({ url }, options = {}) => {
    const address = URL.canParse(url, `${root}/`) ? new URL(url, `${root}/`) : undefined
    if (!address || !/^https?:$/.test(address.protocol))
      throw new InvalidInput('the url of a file must be http or https')
    return caller.repeat({ ...options, name: operation.name }, (means, signal) => follow(address, means, signal))
  }
}

async function follow(first: URL, means: Means, signal: AbortSignal | undefined): Promise<Outcome<Response>> {
  let url = first
  for (let hop = 0; hop <= hopsMax; hop++) {
    const ended = await get(url, means, signal)
    if (ended.kind !== 'answered') return unanswered(operation.name, ended, means)
    const next = nextOf(url, ended.response)
    if (next === undefined) return outcomeOf(url, ended, means)
    url = next
  }
  return misfit(302, 'is redirected again and again')
}

function get(url: URL, { connection, clock, timeoutMs }: Means, signal: AbortSignal | undefined): Promise<Exchange> {
  const { fetch, apiKey, integration, origin } = connection
  const own: RequestInit = {
    headers: { [headers.apiKey]: apiKey, [headers.integration]: integration },
    // Redirects are followed one by one: the next server may be another, which must not get the key.
    redirect: 'manual',
  }
  const init = url.origin === origin ? own : {}
  // The caller reads the body later; its signal still cancels it.
  const linked: typeof fetch = (input, asked) => fetch(input, { ...asked, ...eitherOf(asked?.signal, signal) })
  const read = async (response: Response) => (response.ok ? { ok: true as const, text: '' } : readBody(response))
  return exchange({ fetch: linked, url: url.href, init, clock, timeoutMs, signal, read })
}

function eitherOf(stop: AbortSignal | null | undefined, signal: AbortSignal | undefined) {
  return stop && signal ? { signal: AbortSignal.any([stop, signal]) } : undefined
}

function nextOf(url: URL, { status, headers: told }: Response): URL | undefined {
  const location = told.get('location')
  if (status < 300 || status >= 400 || location === null || !URL.canParse(location, url.href)) return undefined
  const next = new URL(location, url)
  return /^https?:$/.test(next.protocol) ? next : undefined
}

const notOpened = [401, 403]

function outcomeOf({ origin, host }: URL, ended: Answered, { connection, clock }: Means): Outcome<Response> {
  const { response } = ended
  if (response.ok) return { answer: response, response }
  if (response.status >= 400) {
    const refusal = refusalOf(operation, ended, { ...connection, now: clock.now() })
    // Of another host no key of ours was refused: it has seen none.
    const isElsewhere = origin !== connection.origin && notOpened.includes(response.status)
    return { ...refusal, ...(isElsewhere && { error: new FileForbidden(refusal.error, host) }), response }
  }
  return misfit(response.status, 'is a redirect that leads nowhere, or no answer')
}

function misfit(status: number, why: string): Outcome<Response> {
  return { failure: 'misfit', error: new WireError({ operation: operation.name, status, path: '', why }) }
}
