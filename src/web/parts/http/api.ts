import { type CallOptions, callServer } from './call.ts'

/** Operations by verb and path without the prefix: `GET /businesses/{businessId}/keys`. */
export type CallsUnder<Operations, Prefix extends string> = {
  [Name in keyof Operations as Operations[Name] extends {
    verb: infer Verb extends string
    path: `${Prefix}${infer Path}`
  }
    ? `${Verb} ${Path}`
    : never]: Operations[Name]
}

type Part<Operation, Name extends string> = Operation extends Record<Name, infer Value> ? Value : never

export type AnswerIn<Calls, Call extends keyof Calls> = Part<Calls[Call], 'answer'>
export type BodyIn<Calls, Call extends keyof Calls> = Part<Calls[Call], 'body'>

/** A value as a caller may give it: ids also as text, as they are in the page's address. */
type Given<T> = T extends number | bigint ? number | bigint | string : T
type GivenFields<T> = { [Key in keyof T]?: Given<T[Key]> | undefined }

export type SentIn<Calls, Call extends keyof Calls> = {
  params?: GivenFields<Part<Calls[Call], 'params'>>
  query?: GivenFields<Part<Calls[Call], 'query'>>
  body?: BodyIn<Calls, Call> | FormData
}

/** Calls an operation. `context` holds parts of the request that are the same for many calls, such as the business or the token. */
export type Api<Calls> = <Call extends keyof Calls & string>(
  call: Call,
  sent?: SentIn<Calls, Call>,
  context?: CallOptions,
) => Promise<AnswerIn<Calls, Call>>

/** The operations of one API of our server, whose paths begin with `prefix`. */
export function makeApi<Calls>(prefix: string, headers: Record<string, string> = {}): Api<Calls> {
  return async <Call extends keyof Calls & string>(
    call: Call,
    sent: SentIn<Calls, Call> = {},
    context: CallOptions = {},
  ) => {
    const answer = await callServer(call.replace(' ', ` ${prefix}`), {
      ...context,
      ...sent,
      params: { ...fields(context.params), ...sent.params },
      query: { ...sent.query, ...fields(context.query) },
      headers,
    })
    return answer as AnswerIn<Calls, Call> // our server answers as the operation declares
  }
}

const fields = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})
