import type { Static, TSchema } from '../type.ts'
import type { OperationName, Operations } from './index.ts'

/** Ids without their brands, and any words: what a caller of the client may pass. */
type Plain<Value> = Value extends bigint
  ? bigint
  : Value extends string
    ? string
    : Value extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : Value extends object
        ? { [Key in keyof Value]: Plain<Value[Key]> }
        : Value

type Part<Name extends OperationName, Key extends string> = Operations[Name] extends {
  [K in Key]: infer S extends TSchema
}
  ? Plain<Static<S>>
  : { [key: string]: never }

export type QueryOf<Name extends OperationName> = Part<Name, 'query'>
export type BodyOf<Name extends OperationName> = Part<Name, 'body'>
export type AnswerOf<Name extends OperationName> = Static<Operations[Name]['response']>
