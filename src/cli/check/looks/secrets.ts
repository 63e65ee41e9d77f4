import { minLength } from '../../data/find-secret.ts'
import { isGuessable } from './guessable.ts'
import { error, good, type Look, warning } from './look.ts'

export const lookAtSecret: Look = ({ secret: { value, from, path, isOpenToOthers } }, { found }) => {
  if (value === undefined) return warning(found.noSecret(path), found.noSecretFix)
  if (value.length < minLength) return error(found.shortSecret(minLength), found.secretFix)
  if (isGuessable(value)) return error(found.guessableSecret, found.secretFix)
  if (from === 'file' && isOpenToOthers) return error(found.openSecret(path), found.openSecretFix(path))
  return good(from === 'file' ? found.secretInFile(path) : found.secretInVariable)
}

/** What is for trying out. */
export const lookAtTrial: Look = ({ flags }, { found }) => {
  if (flags.lab && flags.demo) return error(`${found.lab}; ${found.demo}`, `${found.labFix} ${found.demoFix}`)
  if (flags.lab) return error(found.lab, found.labFix)
  return flags.demo ? error(found.demo, found.demoFix) : good(found.noTrial)
}

export const lookAtLimits: Look = ({ flags }, { found }) => {
  if (!flags.rateLimits) return warning(found.noLimits, found.noLimitsFix)
  return flags.parallelLimit === 0 ? warning(found.noParallelLimit, found.noLimitsFix) : good(found.limits)
}
