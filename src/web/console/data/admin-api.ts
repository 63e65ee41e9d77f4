import type { AdminApi } from '#market-protocol'
import { type CallOptions, callServer } from '../../parts/http/call.ts'

/** The admin API by verb and path without its prefix: `GET /businesses/{businessId}/keys`. */
type ByCall<Api> = {
  [Name in keyof Api as Api[Name] extends { verb: infer Verb extends string; path: `/admin/v1${infer Path}` }
    ? `${Verb} ${Path}`
    : never]: Api[Name]
}
type Admin = ByCall<AdminApi>
export type AdminCall = keyof Admin & string

type Part<Call extends AdminCall, Name extends string> = Admin[Call] extends Record<Name, infer Value> ? Value : never
export type AnswerOf<Call extends AdminCall> = Part<Call, 'answer'>

/** A value as we may give it: ids also as text, which is how the page's address has them. */
type Given<T> = T extends number | bigint ? number | bigint | string : T
type GivenIn<T> = { [Key in keyof T]: Given<T[Key]> }

export type Sent<Call extends AdminCall> = Pick<CallOptions, 'signal'> & {
  params?: Partial<GivenIn<Part<Call, 'params'>>>
  query?: Partial<GivenIn<Part<Call, 'query'>>>
  body?: Part<Call, 'body'>
}

/** Calls an operation of the admin API. */
export function callAdmin<Call extends AdminCall>(call: Call, sent: Sent<Call> = {}): Promise<AnswerOf<Call>> {
  return callServer<AnswerOf<Call>>(call.replace(' ', ' /admin/v1'), sent as CallOptions) // the same, less exact
}
