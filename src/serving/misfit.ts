import type { Issue } from '#contract'

/** What is wrong with a request, for any API; each API puts it into its own words. */
export type Misfit =
  | { where: 'parameter'; name: string; text: string; isRequired: boolean; why: 'missing' | 'type' }
  | { where: 'parameter'; isRequired: boolean; why: 'bounds'; issues: Issue[] }
  | { where: 'body'; why: 'missing' }
  | { where: 'body'; why: 'unreadable'; sentence: string }
  | { where: 'body'; why: 'issues'; issues: Issue[] }
  | { where: 'body'; why: 'too big'; maxBytes: number; passedBytes: number }
  | { where: 'headers'; why: 'content type' | 'content encoding' | 'expectation'; text: string }
  | { where: 'verb'; why: 'not supported'; text: string }
  /** It ended too early, or is not HTTP as it should be. */
  | { where: 'request'; why: 'broken'; sentence: string }

export class MisfitError extends Error {
  override name = 'MisfitError'
  readonly misfit: Misfit
  constructor(misfit: Misfit) {
    super(`a request does not fit: ${misfit.where}, ${misfit.why}`)
    this.misfit = misfit
  }
}

export const endedTooEarly = {
  where: 'request',
  why: 'broken',
  sentence: 'Unexpected end of content',
} as const satisfies Misfit
export const cannotBeRead = {
  where: 'request',
  why: 'broken',
  sentence: 'The request cannot be read',
} as const satisfies Misfit
