import { type BusinessId, idOf, int32, type Static, Type } from '#contract'
import { type AdminCalls, Refused } from '../connection/admin-calls.ts'

const LoggedRequest = Type.Object({
  requestId: idOf<bigint>('Tells it from others of the same moment.'),
  at: Type.String(),
  method: Type.String(),
  path: Type.String(),
  operation: Type.String(),
  status: int32(),
  durationMs: int32(),
  traceId: Type.String(),
  integration: Type.String(),
  requestBody: Type.Optional(Type.String()),
  responseBody: Type.Optional(Type.String()),
  unknownFields: Type.Optional(Type.Array(Type.Object({ at: Type.String(), known: Type.Optional(Type.String()) }))),
})
/** A request to the published API, as the query log has it. */
export type LoggedRequest = Static<typeof LoggedRequest>
const Page = Type.Object({ requests: Type.Array(LoggedRequest), nextPageToken: Type.Optional(Type.String()) })

type Filter = { status?: string; operation?: string; text?: string }

const pageSize = 200
// Requests of several processes appear within a second or two, not quite in order.
const lateMs = 10_000
const maxRemembered = 20_000

/** Reads the query log from its end, each request once. */
export class RequestReader {
  readonly #admin: AdminCalls
  readonly #path: `/${string}`
  readonly #seen = new Set<string>()
  #since: number | undefined

  constructor(admin: AdminCalls, businessId: BusinessId, { status, operation, text }: Filter) {
    const query = new URLSearchParams({ limit: `${pageSize}` })
    for (const [name, value] of Object.entries({ status, operation, text })) if (value) query.set(name, value)
    this.#admin = admin
    this.#path = `/admin/v1/businesses/${businessId}/requests?${query}`
  }

  /** What has appeared since the last call, oldest first; at the first call a page of the newest. */
  async read(): Promise<LoggedRequest[]> {
    const isFirst = this.#since === undefined
    const fresh: LoggedRequest[] = []
    for (let token = ''; ; ) {
      const { requests, nextPageToken } = await this.#readPage(token)
      const unseen = requests.filter(request => this.#isFresh(request))
      fresh.push(...unseen)
      // A page that has nothing else may not be the last of what is new.
      if (isFirst || nextPageToken === undefined || unseen.length < requests.length || unseen.length === 0) break
      token = nextPageToken
    }
    this.#note(fresh)
    return fresh.reverse()
  }

  /** Nothing while another search of the business is under way. */
  async #readPage(token: string): Promise<Static<typeof Page>> {
    try {
      return await this.#admin.ask(`GET ${this.#path}${token && `&pageToken=${encodeURIComponent(token)}`}`, Page)
    } catch (error) {
      if (error instanceof Refused && error.status === 429 && this.#since !== undefined) return { requests: [] }
      throw error
    }
  }

  #isFresh({ requestId, at }: LoggedRequest): boolean {
    return !this.#seen.has(`${requestId}`) && Date.parse(at) >= (this.#since ?? -Infinity)
  }

  #note(fresh: readonly LoggedRequest[]): void {
    for (const { requestId } of fresh) this.#seen.add(`${requestId}`)
    for (const id of this.#seen) {
      if (this.#seen.size <= maxRemembered) break
      this.#seen.delete(id)
    }
    const newest = Math.max(...fresh.map(({ at }) => Date.parse(at)), -Infinity)
    this.#since = Math.max(this.#since ?? -Infinity, newest - lateMs)
  }
}
