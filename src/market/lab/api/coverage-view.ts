import {
  dateTime,
  int32,
  keysOf,
  notificationTypes,
  type OperationName,
  oneOf,
  operations,
  refusalRules,
  type Static,
  Type,
} from '#contract'
import { caseNames, isInProduction, provocationOf } from '../coverage/cases.ts'
import { type CaseName, mishaps, type Tally } from '../coverage/tally.ts'
import { madeUpFacts } from '../faults/facts-of.ts'
import { FaultRequest } from './fault-view.ts'

const operation = oneOf(keysOf(operations), { description: 'A published operation.' })
const times = (what: string) => int32({ description: `How often ${what}.` })

const Called = Type.Object(
  { operation, calls: times('it was called'), ok: times('it answered what was asked for') },
  { title: 'CalledOperation' },
)

const { target, fault, refusal, delayMs } = FaultRequest.properties
const Provocation = Type.Object(
  { target, fault, refusal, delayMs, budget: int32({ description: 'Once.' }) },
  { title: 'Provocation', description: 'The fault to post that brings it about.' },
)

const Case = Type.Object(
  {
    name: oneOf(caseNames, { description: 'A published refusal, a type of notification, or what happens to either.' }),
    about: oneOf(['ANSWER', 'NOTIFICATION', 'FILE'], { description: 'Where a program meets it.' }),
    isInProduction: Type.Boolean({ description: 'Whether a program without a mistake meets it, too.' }),
    state: oneOf(['MET', 'MISSED', 'UNUSED'], {
      description: 'UNUSED: nothing that could bring it was used, such as an operation that was not called.',
    }),
    count: times('it was met'),
    status: Type.Optional(Type.Integer({ description: 'Of a refusal: the status.' })),
    code: Type.Optional(Type.String({ description: 'Of a refusal: the published code.' })),
    message: Type.Optional(Type.String({ description: 'Of a refusal: the published sentence, with ids made up.' })),
    operations: Type.Optional(
      Type.Array(Type.Object({ operation, count: times('it was met there') }), {
        description: 'Of an answer: the operations that may give it.',
      }),
    ),
    fault: Type.Optional(Provocation),
    trigger: Type.Optional(Type.String({ description: 'The event of `prilavok trigger` that brings it about.' })),
  },
  { title: 'CoverageCase', description: 'With how to bring it about: a fault to post, or an event.' },
)
type Case = Static<typeof Case>

export const Coverage = Type.Object(
  {
    since: dateTime("Since when it is counted, by the machine's clock, UTC."),
    met: int32({ description: 'Of the cases of production that could be met, how many were.' }),
    of: int32({ description: 'How many could be met.' }),
    operations: Type.Array(Called, { description: 'Every published operation.' }),
    cases: Type.Array(Case, { description: 'Every case; what breaks programs in production most stands first.' }),
  },
  { title: 'Coverage' },
)

type Counts = Pick<Tally, 'count' | 'since'>

/** What programs have met of what the contract declares. */
export function coverageView(tally: Counts): Static<typeof Coverage> {
  const calls = keysOf(operations).map(name => callsOf(tally, name))
  const cases = caseNames.map(name => caseView(tally, calls, name))
  const counted = cases.filter(({ isInProduction, state }) => isInProduction && state !== 'UNUSED')
  return {
    since: tally.since.toISOString(),
    met: counted.filter(({ state }) => state === 'MET').length,
    of: counted.length,
    operations: calls,
    cases,
  }
}

function callsOf(tally: Counts, operation: OperationName): Static<typeof Called> {
  const ok = tally.count('ok', operation)
  const refused = keysOf(refusalRules).reduce((sum, name) => sum + tally.count(name, operation), 0)
  return { operation, ok, calls: ok + refused + tally.count('lostAnswer', operation) }
}

type Calls = readonly Static<typeof Called>[]

function caseView(tally: Counts, calls: Calls, name: CaseName): Case {
  const place = placeOf(tally, calls, name)
  const count = place.operations?.reduce((sum, { count }) => sum + count, 0) ?? tally.count(name)
  const state = count > 0 ? 'MET' : place.isUsed ? 'MISSED' : 'UNUSED'
  const { isUsed: _, ...shown } = place
  return {
    name,
    isInProduction: isInProduction(name),
    state,
    count,
    ...shown,
    ...wordsOf(name, calls),
    ...provocationOf(name),
  }
}

/** Where it is met, and whether that is used at all. */
function placeOf(
  tally: Counts,
  calls: Calls,
  name: CaseName,
): Pick<Case, 'about' | 'operations'> & { isUsed: boolean } {
  if (name === 'linkExpired') return { about: 'FILE', isUsed: tally.count('file') > 0 }
  const places = operationsOf(name)
  if (places === undefined)
    return { about: 'NOTIFICATION', isUsed: notificationTypes.some(type => tally.count(type) > 0) }
  const isUsed = calls.some(({ operation, calls }) => calls > 0 && places.includes(operation))
  return {
    about: 'ANSWER',
    isUsed,
    operations: places.map(operation => ({ operation, count: tally.count(name, operation) })),
  }
}

/** The operations that may answer so; undefined if it is no answer. */
function operationsOf(name: CaseName): OperationName[] | undefined {
  if (mishaps.some(known => known === name)) return keysOf(operations)
  const refusal = refusalOf(name)
  return refusal && keysOf(operations).filter(operation => refusalRules[refusal].isOf(operations[operation]))
}

function refusalOf(name: CaseName) {
  return keysOf(refusalRules).find(known => known === name)
}

/** As the first of its operations says it, of those that were called. */
function wordsOf(name: CaseName, calls: Calls): Pick<Case, 'status' | 'code' | 'message'> {
  const refusal = refusalOf(name)
  if (refusal === undefined) return {}
  const places = operationsOf(name) ?? []
  const called = calls.find(({ operation, calls }) => calls > 0 && places.includes(operation))
  const operation = called?.operation ?? places[0] ?? 'getChats'
  const { status, code, message } = refusalRules[refusal].make(operations[operation], madeUpFacts)
  return { status, code, message }
}
