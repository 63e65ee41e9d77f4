import type { en } from './en.ts'
import type { Language } from './language.ts'

/** What `en` says, said in any language: a text that is missing does not compile. */
export type Texts = Said<typeof en> & { language: Language }

/** The same table with other words. */
export type Said<Table> = {
  [Key in keyof Table]: Table[Key] extends string
    ? string
    : Table[Key] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : Table[Key] extends readonly unknown[]
        ? Table[Key]
        : Said<Table[Key]>
}
