import { decodeAnswer, int32, type Static, Type } from '#contract'

const phases = ['listing', 'reading', 'live', 'verifying'] as const
export type Phase = 'listing' | 'reading' | 'live' | 'paused' | 'refused' | 'away'

const Progress = Type.Object({
  phase: Type.Optional(Type.String()),
  chatsDone: Type.Optional(int32()),
  chatsKnown: Type.Optional(int32()),
  endsAt: Type.Optional(Type.String()),
})
const Limit = Type.Object({ limit: int32(), used: int32(), until: Type.Optional(Type.String()) })
const Proof = Type.Object({
  at: Type.String(),
  chats: int32(),
  messages: int32(),
  missing: int32(),
  different: int32(),
  details: Type.Array(Type.String()),
})
export type Proof = Static<typeof Proof>

type Standing = {
  chatsDone: number
  chatsKnown: number
  endsAt?: string
  phase: 'listing' | 'reading' | 'live'
}

/** What the mirror has written down of itself; of one that has written nothing, that it begins. */
export function readProgress(kept: unknown): Standing {
  const read = decodeAnswer(Progress, kept ?? {})
  const { phase, chatsDone = 0, chatsKnown = 0, endsAt } = read.ok ? read.value : {}
  const known = phases.find(each => each === phase)
  return {
    chatsDone,
    chatsKnown,
    ...(endsAt !== undefined && { endsAt }),
    phase: known && known !== 'verifying' ? known : 'listing',
  }
}

export type LimitUsed = { operation: string; limit: number; used: number; until?: string }

/** Calls of the hour, the most used first. */
export function readLimits(kept: unknown): LimitUsed[] {
  if (typeof kept !== 'object' || kept === null) return []
  const limits = Object.entries(kept).flatMap(([operation, one]) => {
    const read = decodeAnswer(Limit, one)
    return read.ok ? [{ operation, ...read.value }] : []
  })
  return limits.sort((a, b) => b.used / b.limit - a.used / a.limit)
}

export function readProof(kept: unknown): Proof | undefined {
  const read = decodeAnswer(Proof, kept ?? {})
  return read.ok ? read.value : undefined
}

type Cabinet = { state: 'active' | 'paused' | 'refused'; awaySince: Date | null }

/** What a cabinet is at, for people: that it is not worked says more than how far it was. */
export function phaseOf({ state, awaySince }: Cabinet, progress: Standing): Phase {
  if (state !== 'active') return state
  return awaySince === null ? progress.phase : 'away'
}
