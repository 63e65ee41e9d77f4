import { type Static, type TSchema, type TString, type TUnsafe, Type } from './type.ts'

type Note = { description?: string; deprecated?: boolean; maxItems?: number }
type Bounds = Omit<Note, 'maxItems'> & { minimum?: number; maximum?: number; default?: number; [isCut]?: true }

/** A keyword of ours: a larger number is read as the maximum and not refused. */
export const isCut = 'x-truncated'

/** An id: int64 on the wire, a branded bigint in code. */
export function idOf<Id extends bigint>(description: string, options: Bounds = { minimum: 1 }): TUnsafe<Id> {
  return Type.Unsafe<Id>({ type: 'integer', format: 'int64', ...options, description })
}

export function int32(options: Bounds = {}): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'integer', format: 'int32', ...options })
}

export function oneOf<const Words extends readonly string[]>(words: Words, options: Note = {}): TUnsafe<Words[number]> {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: words, ...options })
}

/** A filter: absent, null, or at least one value, each once. */
export function filterOf<Item extends TSchema>(items: Item, options: Note = {}): TUnsafe<Static<Item>[] | null> {
  return Type.Unsafe<Static<Item>[] | null>({
    type: ['array', 'null'],
    items,
    minItems: 1,
    uniqueItems: true,
    ...options,
  })
}

export function dateTime(description: string): TString {
  return Type.String({ format: 'date-time', description })
}

/** A day without a time: 2026-03-01. */
export function day(description: string): TString {
  return Type.String({ format: 'date', description })
}
