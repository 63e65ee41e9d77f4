import type { Problem } from '#kit'
import type { Texts } from '../texts/index.ts'

/** A problem in the reader's language: by its kind where there are words for it, else as it was thrown. */
export function describeProblem({ message, kind = '', facts }: Problem, { problems }: Pick<Texts, 'problems'>): string {
  return problems[kind]?.replaceAll(/\{(\w+)\}/g, (_, name: string) => `${facts[name]}`) ?? message
}
