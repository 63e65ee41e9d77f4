import { yandexUrl } from '../../cabinets/cabinets.ts'
import { firstMirrorCost } from '../../cabinets/first-mirror.ts'
import { canReadOrders, canWrite } from '../../cabinets/scopes.ts'
import { phaseOf, readLimits, readProgress, readProof } from '../../inbox/standing.ts'
import type { SyncFacts } from '../../store/cabinet-facts.ts'
import type { CabinetRow } from '../../store/cabinets.ts'
import type { SyncRow } from '../../store/syncs.ts'
import type { Cabinet, Sync } from '../shapes/cabinet.ts'

export function cabinetView(row: CabinetRow, facts: SyncFacts | undefined): Cabinet {
  const { cabinetId, name, baseUrl, businessId, keyName, scopes, state, refusal, campaigns, checkedAt, awaySince } = row
  const { phase: _, ...progress } = readProgress(facts?.progress)
  const isMirrored = facts?.isMirrored ?? false
  return {
    ...{ cabinetId, name, baseUrl, businessId, keyName, scopes, state, campaigns },
    ...{ isYandex: baseUrl === yandexUrl, canWrite: canWrite(scopes), canReadOrders: canReadOrders(scopes) },
    ...(refusal !== null && { refusal }),
    freshness: {
      ...progress,
      phase: phaseOf(row, readProgress(facts?.progress)),
      isMirrored,
      ...(!isMirrored && progress.chatsKnown > 0 && { firstMirror: firstMirrorCost(progress.chatsKnown) }),
      waitingAnswers: facts?.waitingAnswers ?? 0,
      ...dated({ checkedAt, awaySince }),
    },
  }
}

export function syncView(row: CabinetRow, sync: SyncRow | undefined, notificationUrl: string): Sync {
  const { phase: _, gaps, ...progress } = readProgress(sync?.progress)
  const proof = readProof(sync?.proof)
  return {
    ...{ phase: phaseOf(row, readProgress(sync?.progress)), progress, gaps, notificationUrl },
    ...dated({ notifiedAt: row.notifiedAt, checkedAt: row.checkedAt, problemAt: sync?.problemAt ?? null }),
    ...(sync?.problem && { problem: sync.problem }),
    ...(proof && { proof }),
    ...{ isProofWanted: sync?.proofWantedAt instanceof Date, limits: readLimits(sync?.limits) },
  }
}

/** Those that are known, as texts. */
function dated<Name extends string>(dates: Record<Name, Date | null>): Partial<Record<Name, string>> {
  const known = Object.entries<Date | null>(dates).flatMap(([name, date]) => (date ? [[name, date.toISOString()]] : []))
  return Object.fromEntries(known)
}
