import { scopes as allScopes, headers as names, type OperationName, type Scope, scopeOnWire } from '#contract'
import { asking, type Check } from '../../check/check.ts'
import { operationNames, operationOf } from '../../check/subjects.ts'
import { accepted } from '../../expect/expectation.ts'
import { refused } from '../../expect/refused.ts'
import { words } from '../../expect/words.ts'
import { NotChecked } from '../../findings/finding.ts'
import { contract } from '../../findings/sources.ts'
import { withHeaders } from '../../http/call.ts'
import type { Probe } from '../../probe/probe.ts'

function keyOf(probe: Probe, scope: Scope): string {
  const key = probe.need('keysByScope').get(scopeOnWire(scope))
  if (key !== undefined) return key
  throw new NotChecked({
    en: `needs a key with the scope ${scope} alone: give one with --extra-key`,
    ru: `нужен ключ с единственным доступом ${scope}: укажите его в --extra-key`,
  })
}

function checkOfScope(name: OperationName, scope: Scope): Check {
  const { scopes } = operationOf(name)
  const opens = scopes.includes(scope)
  const rule = opens
    ? { en: `a key with ${scope} alone opens it`, ru: `ключа с одним доступом ${scope} достаточно` }
    : { en: `a key with ${scope} alone is refused with 403`, ru: `ключ с одним доступом ${scope}: отказ 403` }
  return asking(name, rule, {
    source: contract.scopes,
    needs: ['keysByScope'],
    bend: (call, probe) => withHeaders(call, { [names.apiKey]: keyOf(probe, scope) }),
    expects: opens ? accepted : refused(words.noScope(scopes)),
  })
}

/** Which scope opens which operation. */
export const scopes: Check[] = operationNames.flatMap(name => allScopes.map(scope => checkOfScope(name, scope)))
