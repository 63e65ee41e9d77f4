import { type BusinessId, dateTime, idOf, int32, keysOf, oneOf, operations, type Static, Type } from '#contract'
import { problems } from '#serving'
import { refusalNames } from '../coverage/cases.ts'
import { canRefuse, type Fault, type FaultName, type FaultRule, faultsOf } from '../faults/faults.ts'
import type { Lab } from '../lab.ts'

export const faultId = idOf<bigint>('The fault.')
const targets = keysOf(faultsOf)
const names = [...new Set<FaultName>(Object.values(faultsOf).flat())]
const operationNames = keysOf(operations)

const defaults = { probability: 1, budget: 10, forSeconds: 600, delayMs: 1_000 } as const

const what = {
  target: oneOf(targets, { description: 'Where: requests of shops, notifications to shops, links to files.' }),
  fault: oneOf(names, {
    description: Object.entries(faultsOf)
      .map(([target, all]) => `${target}: ${all.join(', ')}`)
      .join('; '),
  }),
}
const bounds = {
  probability: Type.Number({
    minimum: 0,
    maximum: 1,
    default: defaults.probability,
    description: 'How often it happens where it could.',
  }),
  budget: int32({
    minimum: 1,
    maximum: 1_000_000,
    default: defaults.budget,
    description: 'How many times it happens at the most.',
  }),
  forSeconds: int32({
    minimum: 1,
    maximum: 31 * 24 * 60 * 60,
    default: defaults.forSeconds,
    description: "How long it is in force, by the market's clock.",
  }),
}
const only = {
  operation: Type.Optional(oneOf(operationNames, { description: 'Of requests: only of this operation.' })),
  refusal: Type.Optional(oneOf(refusalNames, { description: 'Of refuse: which published refusal is answered.' })),
  delayMs: Type.Optional(
    int32({
      minimum: 0,
      maximum: 10 * 60_000,
      description: `Of delays: how long, by the market's clock. Without it: ${defaults.delayMs}.`,
    }),
  ),
  businessId: Type.Optional(idOf<BusinessId>('Only where this business is concerned.')),
}

export const FaultRequest = Type.Object({
  ...what,
  probability: Type.Optional(bounds.probability),
  budget: Type.Optional(bounds.budget),
  forSeconds: Type.Optional(bounds.forSeconds),
  ...only,
})
type FaultRequest = Static<typeof FaultRequest>

/** Faults as the lab API shows them. */
export const FaultView = Type.Object(
  {
    faultId,
    ...what,
    ...bounds,
    ...only,
    used: int32({ description: 'How many times it has happened.' }),
    endsAt: dateTime("Until when it is in force, by the market's clock, UTC."),
    isOver: Type.Boolean({ description: 'Whether its budget is spent or its time has come.' }),
  },
  { title: 'Fault' },
)

export function faultView({ faults }: Lab, fault: Fault): Static<typeof FaultView> {
  return { ...fault, endsAt: fault.endsAt.toISOString(), isOver: faults.isOver(fault) }
}

/** The rule that a request asks for. Throws a 400 if its fields do not go together. */
export function ruleOf(request: FaultRequest, now: Date): FaultRule {
  const { probability, budget, forSeconds, delayMs, ...rest } = { ...defaults, ...request }
  const { target, fault, operation, refusal } = request
  const known: readonly FaultName[] = faultsOf[target]
  if (!known.includes(fault)) throw problems.misfit('fault', `must be one of ${known.join(', ')} for ${target}`)
  if (operation !== undefined && target !== 'api') throw problems.misfit('operation', 'is for the target api alone')
  if (request.delayMs !== undefined && fault !== 'delay')
    throw problems.misfit('delayMs', 'is for the fault delay alone')
  if ((refusal !== undefined) !== (fault === 'refuse'))
    throw problems.misfit('refusal', 'goes with the fault refuse alone')
  if (refusal !== undefined && !canRefuse(refusal, operation))
    throw problems.misfit('refusal', `is none of ${operation}`)
  const endsAt = new Date(now.getTime() + forSeconds * 1000)
  return { ...rest, probability, budget, forSeconds, endsAt, ...(fault === 'delay' && { delayMs }) }
}
