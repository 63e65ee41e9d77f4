import { type Static, Type } from 'typebox'
import { type BusinessId, dateTime, idOf, int32, keysOf, oneOf, operations } from '#contract'
import { defineEndpoint, problems } from '#serving'
import { usual } from '../../admin/access/parameters.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { type Fault, type FaultName, type FaultRule, faultsOf } from '../faults/faults.ts'
import type { Lab } from '../lab.ts'

const tag = 'faults'
const faultId = idOf<bigint>('The fault.')
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
  delayMs: Type.Optional(
    int32({
      minimum: 0,
      maximum: 10 * 60_000,
      description: `Of delays: how long, by the market's clock. Without it: ${defaults.delayMs}.`,
    }),
  ),
  businessId: Type.Optional(idOf<BusinessId>('Only where this business is concerned.')),
}

const FaultWish = Type.Object({
  ...what,
  probability: Type.Optional(bounds.probability),
  budget: Type.Optional(bounds.budget),
  forSeconds: Type.Optional(bounds.forSeconds),
  ...only,
})
type FaultWish = Static<typeof FaultWish>

const FaultView = Type.Object(
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

type Needs = { lab: Lab }

function view({ faults }: Lab, fault: Fault): Static<typeof FaultView> {
  return { ...fault, endsAt: fault.endsAt.toISOString(), isOver: faults.isOver(fault) }
}

export const createFault = defineEndpoint(
  defineOwnOperation({
    name: 'createFault',
    verb: 'POST',
    path: '/lab/v1/faults',
    tag,
    summary: 'Make something go wrong',
    description:
      'answer-420, answer-500 and answer-503 come before any effect, drop-connection after it. drop, duplicate, reorder and delay befall notifications; what is dropped counts as delivered. url-expired refuses a link to a file. A restart forgets all faults.',
    body: FaultWish,
    response: Type.Object({ fault: FaultView }),
    status: 201,
    refusals: [...usual, 409],
  }),
  async ({ lab }: Needs, { body }) => {
    const fault = lab.faults.add(ruleOf(body, lab.clock.now()))
    if (!fault) throw problems.conflict('There are as many faults as there may be: delete some first.')
    return { fault: view(lab, fault) }
  },
)

function ruleOf(wish: FaultWish, now: Date): FaultRule {
  const { probability, budget, forSeconds, delayMs, ...rest } = { ...defaults, ...wish }
  const { target, fault, operation } = wish
  const known: readonly FaultName[] = faultsOf[target]
  if (!known.includes(fault)) throw problems.misfit('fault', `must be one of ${known.join(', ')} for ${target}`)
  if (operation !== undefined && target !== 'api') throw problems.misfit('operation', 'is for the target api alone')
  if (wish.delayMs !== undefined && fault !== 'delay') throw problems.misfit('delayMs', 'is for the fault delay alone')
  const endsAt = new Date(now.getTime() + forSeconds * 1000)
  return { ...rest, probability, budget, forSeconds, endsAt, ...(fault === 'delay' && { delayMs }) }
}

export const listFaults = defineEndpoint(
  defineOwnOperation({
    name: 'listFaults',
    verb: 'GET',
    path: '/lab/v1/faults',
    tag,
    summary: 'List the faults',
    description: 'In the order in which they were made. Those that are over stay until they are deleted.',
    response: Type.Object({ faults: Type.Array(FaultView) }),
    refusals: usual,
  }),
  async ({ lab }: Needs) => ({ faults: lab.faults.list().map(fault => view(lab, fault)) }),
)

export const deleteFault = defineEndpoint(
  defineOwnOperation({
    name: 'deleteFault',
    verb: 'DELETE',
    path: '/lab/v1/faults/{faultId}',
    tag,
    summary: 'End a fault',
    description: 'It happens no more.',
    params: Type.Object({ faultId }),
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ lab }: Needs, { params: { faultId } }) => {
    if (!lab.faults.remove(faultId)) throw problems.notFound(`There is no fault ${faultId}: list them first.`)
    return undefined
  },
)

export const deleteFaults = defineEndpoint(
  defineOwnOperation({
    name: 'deleteFaults',
    verb: 'DELETE',
    path: '/lab/v1/faults',
    tag,
    summary: 'End all faults',
    description: 'Nothing goes wrong on purpose any more.',
    response: Type.Null(),
    status: 204,
    refusals: usual,
  }),
  async ({ lab }: Needs) => {
    lab.faults.clear()
    return undefined
  },
)
