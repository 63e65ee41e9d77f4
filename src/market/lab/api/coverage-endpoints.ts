import { Type } from '#contract'
import { defineEndpoint } from '#serving'
import { usual } from '../../admin/access/parameters.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import type { Lab } from '../lab.ts'
import { Coverage, coverageView } from './coverage-view.ts'

const declared = { tag: 'coverage', path: '/lab/v1/coverage', refusals: usual } as const

type Needs = { lab: Lab }

export const readCoverage = defineEndpoint(
  defineOwnOperation({
    ...declared,
    name: 'readCoverage',
    verb: 'GET',
    summary: 'Read what was met',
    description:
      'Which operations programs of shops have called, which refusals and notifications they have met and, above all, which not. Counted since the start or the last reset, over all businesses.',
    response: Coverage,
  }),
  async ({ lab }: Needs) => coverageView(lab.tally),
)

export const resetCoverage = defineEndpoint(
  defineOwnOperation({
    ...declared,
    name: 'resetCoverage',
    verb: 'DELETE',
    summary: 'Count anew',
    description: 'Forgets what was met. Faults stay as they are.',
    response: Type.Null(),
    status: 204,
  }),
  async ({ lab }: Needs) => {
    lab.tally.reset()
    lab.changed()
    return undefined
  },
)
