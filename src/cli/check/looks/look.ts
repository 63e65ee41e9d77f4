import type { DatabaseFacts } from '#market'
import type { Texts } from '../../texts/index.ts'
import type { DatabaseFound, Subject } from '../facts/subject.ts'

/** error: what people write, or who may read it, is at risk, or the market would not start. warning: it works, and may be meant so. */
export type Verdict = 'good' | 'warning' | 'error'
/** What was found, and what to do about it. */
export type Finding = { verdict: Verdict; told: string; fix?: string }
export type Words = Texts['check']
/** Undefined: there is nothing to look at. */
export type Look = (subject: Subject, words: Words) => Finding | undefined

type Trouble = { verdict: Exclude<Verdict, 'good'>; told: string; fix: string }

export const good = (told: string): Finding => ({ verdict: 'good', told })
export const warning = (told: string, fix: string): Trouble => ({ verdict: 'warning', told, fix })
export const error = (told: string, fix: string): Trouble => ({ verdict: 'error', told, fix })

type Reached = Extract<DatabaseFound, { state: 'there' }>

/** A look at a database that was reached; what cannot be reached is told once, by the check of its name. */
export function ofDatabase(look: (facts: DatabaseFacts, words: Words, reached: Reached) => Finding): Look {
  return ({ database }, words) => (database.state === 'there' ? look(database.facts, words, database) : undefined)
}
