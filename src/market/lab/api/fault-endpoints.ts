import { Type } from '#contract'
import { defineEndpoint, problems } from '#serving'
import { usual } from '../../admin/access/parameters.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import type { Lab } from '../lab.ts'
import { FaultRequest, FaultView, faultId, faultView, ruleOf } from './fault-view.ts'

const tag = 'faults'

type Needs = { lab: Lab }

export const createFault = defineEndpoint(
  defineOwnOperation({
    name: 'createFault',
    verb: 'POST',
    path: '/lab/v1/faults',
    tag,
    summary: 'Make something go wrong',
    description:
      'answer-420, answer-500, answer-503 and refuse, with any published refusal, come before any effect, drop-connection after it. drop, duplicate, reorder and delay befall notifications; what is dropped counts as delivered. drop-answer loses what the shop answers, so that the notification comes again. url-expired refuses a link to a file. A restart forgets all faults.',
    body: FaultRequest,
    response: Type.Object({ fault: FaultView }),
    status: 201,
    refusals: [...usual, 409],
  }),
  async ({ lab }: Needs, { body }) => {
    const fault = lab.faults.add(ruleOf(body, lab.clock.now()))
    if (!fault) throw problems.conflict('There are as many faults as there may be: delete some first.')
    return { fault: faultView(lab, fault) }
  },
)

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
  async ({ lab }: Needs) => ({ faults: lab.faults.list().map(fault => faultView(lab, fault)) }),
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
