import { scopeOnWire } from '#contract'
import type { Check } from '../check/check.ts'
import { operationOf } from '../check/subjects.ts'
import { type Difference, NotChecked, Unexpected } from '../findings/finding.ts'
import type { Sender } from '../http/sender.ts'
import { Probe } from '../probe/probe.ts'
import type { Scene } from '../scene/scene.ts'
import type { CheckResult, Outcome } from './result.ts'

export type Suite = { sender: Sender; scene: Scene; isReadOnly: boolean }

/** Makes one check. Rejects only if the run was aborted, or the suite itself is wrong. */
export async function runCheck(check: Check, suite: Suite): Promise<CheckResult> {
  const probe = new Probe(suite.sender, suite.scene)
  const outcome = await look(check, suite, probe).catch((error: unknown): Outcome => {
    if (error instanceof Unexpected) return outcomeOf([error.difference])
    if (!(error instanceof NotChecked)) throw error
    return { verdict: 'notChecked', reason: error.reason, isTrouble: error.isTrouble }
  })
  return { check, outcome, exchanges: probe.exchanges }
}

async function look(check: Check, { scene, isReadOnly }: Suite, probe: Probe): Promise<Outcome> {
  if (check.writes && isReadOnly) throw new NotChecked(readOnly)
  requireScope(check, scene)
  for (const need of check.needs) probe.need(need)
  return outcomeOf(await check.run(probe))
}

function outcomeOf(differences: readonly Difference[]): Outcome {
  if (differences.length === 0) return { verdict: 'held' }
  const isOurs = differences.every(({ source }) => source.kind === 'choice')
  return { verdict: isOurs ? 'differsFromChoice' : 'differs', differences }
}

const readOnly = {
  en: 'writes, and the run only reads (--write-to-chat)',
  ru: 'проверка пишет, а запуск только читает (--write-to-chat)',
}

function requireScope({ subject }: Check, { scopes }: Scene): void {
  if (subject === 'transport' || scopes === undefined) return
  const opening = operationOf(subject).scopes.map(scopeOnWire)
  if (opening.some(scope => scopes.includes(scope))) return
  const [wanted = ''] = opening
  throw new NotChecked({
    en: `the key has no scope for ${subject}: it needs ${wanted}`,
    ru: `у ключа нет доступа к ${subject}: нужен ${wanted}`,
  })
}
