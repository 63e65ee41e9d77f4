import { type Issue, type Refusal, refusals } from '#contract'

/** A request that does not fit its operation. Each API of the market says it in its own words. */
export type Misfit =
  | { where: 'parameter'; name: string; text: string; isRequired: boolean; why: 'missing' | 'type' }
  | { where: 'parameter'; isRequired: boolean; why: 'bounds'; issues: Issue[] }
  | { where: 'body'; why: 'missing' }
  | { where: 'body'; why: 'unreadable'; sentence: string }
  | { where: 'body'; why: 'issues'; issues: Issue[] }

export class MisfitError extends Error {
  override name = 'MisfitError'
  readonly misfit: Misfit
  constructor(misfit: Misfit) {
    super(`a request does not fit: ${misfit.where}, ${misfit.why}`)
    this.misfit = misfit
  }
}

/** In the published words. Optional parameters are called "Parameter …", required ones by their name alone. */
export function refusalOf(misfit: Misfit): Refusal {
  switch (misfit.why) {
    case 'type':
      return refusals.typeMismatch(misfit.text)
    case 'bounds':
      return misfit.isRequired ? refusals.fits(misfit.issues) : refusals.parameterFits(misfit.issues)
    case 'missing':
      return misfit.where === 'body' ? refusals.bodyMissing() : refusals.parameterMissing(misfit.name)
    case 'unreadable':
      return refusals.unreadable(misfit.sentence)
    case 'issues':
      return refusals.fits(misfit.issues)
  }
}
