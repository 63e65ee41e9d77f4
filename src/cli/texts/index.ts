import { en } from './en.ts'
import type { Language } from './language.ts'
import { ru } from './ru.ts'
import type { Texts } from './texts.ts'

export { type Language, languageOf } from './language.ts'
export type { Texts }

const tables: Record<Language, Texts> = { en, ru }

/** All that the commands say, in one language. */
export function textsOf(language: Language): Texts {
  return tables[language]
}
