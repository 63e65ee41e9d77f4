/** What an API takes and gives, as types derived from the declarations of its operations: for programs that call it. */
import type { Operation, Static, TSchema } from '#contract'

/** A value as JSON brings it: an id is a number, or a bigint if it is beyond 2^53. */
export type Wire<T> = T extends bigint
  ? number | bigint
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T

type StaticOr<S, Otherwise> = S extends TSchema ? Wire<Static<S>> : Otherwise

type CallOf<O extends Operation> = {
  verb: O['verb']
  path: O['path']
  params: StaticOr<O['params'], Record<never, never>>
  query: StaticOr<O['query'], Record<never, never>>
  body: StaticOr<O['body'], undefined>
  /** Of an operation that streams, nothing: its events are read as they come. */
  answer: O extends { status: 204 } | { responseType: string } ? undefined : Wire<Static<O['response']>>
}

/** Operation name -> what is sent and what is answered. */
export type ApiOf<Endpoints extends readonly { operation: Operation }[]> = {
  [O in Endpoints[number]['operation'] as O['name']]: CallOf<O>
}
