import type { IncomingMessage } from 'node:http'
import type { OperationName, Operations, Static } from '#contract'
import type { Input } from '#serving'
import type { KeyWithBusiness } from '../store/keys.ts'

/** A call of a published operation: read by its declaration, admitted with a key of the business it names. */
export type Call<Name extends OperationName> = Input<Operations[Name]> & {
  key: KeyWithBusiness
  raw: IncomingMessage
  /** Says what the query log shows of a body that the handler has read itself. */
  describeBody(text: string): void
  /** Says that what is answered was done by a request before. */
  noteReplay(): void
}

export type Answer<Name extends OperationName> = Static<Operations[Name]['response']>

/** An answer of an operation that is JSON already. Tests read all that is written so by the operation's declaration. */
export class WrittenAnswer<Name extends OperationName> {
  readonly operation?: Name
  readonly json: string

  constructor(json: string) {
    this.json = json
  }
}

export type Handler<Name extends OperationName> = (call: Call<Name>) => Promise<Answer<Name> | WrittenAnswer<Name>>

/** One handler for each operation of the contract; the compiler misses none. */
export type Handlers = { [Name in OperationName]: Handler<Name> }
