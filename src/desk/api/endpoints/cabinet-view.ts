import { yandexUrl } from '../../cabinets/cabinets.ts'
import { firstMirrorCost } from '../../cabinets/first-mirror.ts'
import { canReadOrders, canWrite } from '../../cabinets/scopes.ts'
import { phaseOf, readLimits, readProgress, readProof } from '../../inbox/standing.ts'
import type { SyncFacts } from '../../store/cabinet-facts.ts'
import type { CabinetRow } from '../../store/cabinets.ts'
import type { GapRow } from '../../store/ledger.ts'
import type { SyncRow } from '../../store/syncs.ts'
import type { Cabinet, Sync } from '../shapes/cabinet.ts'

const gapsShown = 50

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
      gaps: facts?.gaps ?? 0,
      ...dated({ checkedAt, awaySince }),
    },
  }
}

type SyncKept = { sync: SyncRow | undefined; gaps: readonly GapRow[]; notificationUrl: string }

export function syncView(row: CabinetRow, { sync, gaps, notificationUrl }: SyncKept): Sync {
  const { phase: _, ...progress } = readProgress(sync?.progress)
  const proof = readProof(sync?.proof)
  return {
    ...{ phase: phaseOf(row, readProgress(sync?.progress)), progress, notificationUrl },
    ...{ gaps: gaps.length, gapsIn: gaps.slice(0, gapsShown).map(gapView) },
    ...dated({ notifiedAt: row.notifiedAt, checkedAt: row.checkedAt, problemAt: sync?.problemAt ?? null }),
    ...(sync?.problem && { problem: sync.problem }),
    ...(proof && { proof }),
    ...{ isProofWanted: sync?.proofWantedAt instanceof Date, limits: readLimits(sync?.limits) },
  }
}

const gapView = ({ chatId, isKnown, customerName, since, told }: GapRow) => ({
  ...{ chatId, isKnown, since: since.toISOString(), told: told.length },
  ...(customerName !== null && { customerName }),
})

/** Those that are known, as texts. */
function dated<Name extends string>(dates: Record<Name, Date | null>): Partial<Record<Name, string>> {
  const known = Object.entries<Date | null>(dates).flatMap(([name, date]) => (date ? [[name, date.toISOString()]] : []))
  return Object.fromEntries(known)
}
