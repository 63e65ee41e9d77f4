import { headers as contractHeaders } from '#contract'
import type { SimProcess } from './sim-process.ts'
import type { Fault, FaultKind, Line } from './story.ts'

export type SimRequest = { method: string; url: string; headers: Record<string, string>; body: string }
export type SimAnswer = { status: number; headers: Record<string, string>; body: string }
export type Serve = (request: SimRequest) => Promise<SimAnswer>

type NetworkOptions = {
  /** The wires: they go on when the processes at their ends have died. */
  process: SimProcess
  travelMs: number
  onFault(line: Line, kind: FaultKind): void
}

/** How an exchange ends for who has asked; undefined: nobody ever hears of it. */
type Ending =
  | { kind: 'answer'; answer: SimAnswer; isCut: boolean }
  | { kind: 'broken'; wasReached: boolean }
  | undefined

const away: SimAnswer = { status: 503, headers: { 'content-type': 'text/plain' }, body: 'away' }

/** Carries requests and answers, and does to them what was ordered. */
export class Network {
  readonly #options: NetworkOptions
  readonly #ordered = new Map<Line, Fault[]>()

  constructor(options: NetworkOptions) {
    this.#options = options
  }

  /** The next exchange on this line meets it. */
  order(line: Line, fault: Fault): void {
    this.#ordered.set(line, [...(this.#ordered.get(line) ?? []), fault])
  }

  calmDown(): void {
    this.#ordered.clear()
  }

  async exchange(line: Line, request: SimRequest, serve: Serve): Promise<Ending> {
    const fault = this.#take(line, request)
    const { kind, ms = 0 } = fault ?? {}
    await this.#travel(kind === 'request late' ? ms : 0)
    if (kind === 'refused') return { kind: 'broken', wasReached: false }
    if (kind === 'request lost') return { kind: 'broken', wasReached: true }
    if (kind === 'request never') return undefined
    if (kind === 'away') return { kind: 'answer', answer: away, isCut: false }
    if (kind === 'twice') void this.#travel(ms).then(() => serve(request))
    const answer = await serve(request)
    await this.#travel(kind === 'answer late' ? ms : 0)
    if (kind === 'answer lost') return { kind: 'broken', wasReached: true }
    if (kind === 'answer never') return undefined
    return { kind: 'answer', answer, isCut: kind === 'answer cut' }
  }

  #take(line: Line, request: SimRequest): Fault | undefined {
    const fault = this.#ordered.get(line)?.shift()
    if (!fault || (fault.kind === 'twice' && !mayComeTwice(line, request))) return undefined
    this.#options.onFault(line, fault.kind)
    return fault
  }

  #travel(moreMs: number): Promise<void> {
    const { process, travelMs } = this.#options
    return process.wait(process.chance.between(0, travelMs) + moreMs)
  }
}

/** A write without a key is written as often as it comes. */
function mayComeTwice(line: Line, { headers, url }: SimRequest): boolean {
  if (line === 'notification' || line === 'mirror') return true
  return contractHeaders.idempotencyKey in headers || url.includes('/history')
}

type Caller = { line: Line; process: SimProcess; serve: Serve; isKeyless?: boolean }

/** `fetch` for a process, over the network. It hears of nothing once it is dead. */
export function makeFetch(network: Network, { line, process, serve, isKeyless }: Caller): typeof fetch {
  return async (input, init) => {
    const request = requestOf(String(input), init, isKeyless)
    const ending = await network.exchange(line, request, serve)
    if (!ending) return new Promise(() => {})
    await process.wait(0)
    if (ending.kind === 'broken') throw brokenOff(ending.wasReached)
    return responseOf(ending.answer, { isCut: ending.isCut, isKeyless })
  }
}

function requestOf(url: string, init: RequestInit = {}, isKeyless = false): SimRequest {
  const headers = Object.fromEntries(new Headers(init.headers))
  if (isKeyless) delete headers[contractHeaders.idempotencyKey]
  const { pathname, search } = new URL(url)
  const body = typeof init.body === 'string' ? init.body : ''
  return { method: init.method ?? 'GET', url: pathname + search, headers, body }
}

function responseOf(
  answer: SimAnswer,
  { isCut, isKeyless }: { isCut: boolean; isKeyless?: boolean | undefined },
): Response {
  const headers = new Headers(answer.headers)
  if (isKeyless) headers.delete(contractHeaders.idempotencyAnnounced)
  return new Response(isCut ? cutBody(answer.body) : answer.body, { status: answer.status, headers })
}

function cutBody(text: string): ReadableStream<Uint8Array> {
  const half = new TextEncoder().encode(text.slice(0, Math.ceil(text.length / 2)))
  return new ReadableStream({
    pull(controller) {
      if (half.length > 0 && controller.desiredSize === 1) controller.enqueue(half)
      controller.error(new TypeError('terminated'))
    },
  })
}

/** As Node's fetch says it. */
function brokenOff(wasReached: boolean): TypeError {
  const code = wasReached ? 'ECONNRESET' : 'ECONNREFUSED'
  const cause = Object.assign(new Error(code), { code, ...(!wasReached && { syscall: 'connect' }) })
  return new TypeError('fetch failed', { cause })
}
