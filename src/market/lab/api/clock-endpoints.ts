import { dateTime, int32, type Static, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import { usual } from '../../admin/access/parameters.ts'
import type { Deliverer } from '../../notify/deliverer.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import type { LabBuyers } from '../buyers/buyers.ts'
import { advance } from '../clock/advance.ts'
import type { Lab } from '../lab.ts'

const tag = 'clock'
const advancing = 'advancing the clock'
const maxAdvanceSeconds = 31 * 24 * 60 * 60

const now = dateTime("The market's time, UTC.")
const offsetSeconds = int32({ description: "How far it is ahead of the machine's time." })

const ClockView = Type.Object(
  {
    now,
    offsetSeconds,
    isAdvancing: Type.Boolean({ description: 'Whether it is being moved at this moment.' }),
    nextDueAt: Type.Optional(dateTime('When the next thing that waits for time is due. Left out if nothing waits.')),
  },
  { title: 'Clock' },
)

function timeOf({ clock }: Lab) {
  return { now: clock.now().toISOString(), offsetSeconds: Math.round(clock.offsetMs() / 1000) }
}

export const getClock = defineEndpoint(
  defineOwnOperation({
    name: 'getClock',
    verb: 'GET',
    path: '/lab/v1/clock',
    tag,
    summary: 'Read the clock',
    description: "The market's time: retries, the hours of the limits, the ends of test orders and tokens go by it.",
    response: ClockView,
    refusals: usual,
  }),
  async ({ lab }: { lab: Lab }): Promise<Static<typeof ClockView>> => {
    const next = lab.clock.nextAt()
    return {
      ...timeOf(lab),
      isAdvancing: lab.exclusive.isRunning(advancing),
      ...(next && { nextDueAt: next.toISOString() }),
    }
  },
)

type ClockNeeds = {
  sql: Sql
  lab: Lab
  labBuyers: LabBuyers
  deliverer: Pick<Deliverer, 'settled'>
  /** Does at once everything that is done now and then. */
  doUpkeep(): Promise<void>
}

export const advanceClock = defineEndpoint(
  defineOwnOperation({
    name: 'advanceClock',
    verb: 'POST',
    path: '/lab/v1/clock/advance',
    tag,
    summary: 'Advance the clock',
    description:
      'Goes from one moment at which something is due to the next and lets it happen, as if so much time had passed. One advance at a time. One that a stop cuts short has come as far as it says.',
    body: Type.Object({ seconds: int32({ minimum: 1, maximum: maxAdvanceSeconds, description: 'How far.' }) }),
    response: Type.Object({
      now,
      offsetSeconds,
      steps: int32({ description: 'At how many moments on the way something was due.' }),
    }),
    refusals: [...usual, 409],
  }),
  async ({ lab, labBuyers, deliverer, sql, doUpkeep }: ClockNeeds, { body: { seconds } }) => {
    return lab.exclusive
      .run(advancing, async () => {
        lab.changed()
        const { clock, changed, inFlight } = lab
        // Buyers first, since what they write is delivered then.
        const settled = () => labBuyers.settled().then(() => deliverer.settled())
        const isOnOthers = () => !inFlight.isEmpty
        const isStopping = () => lab.isStopping
        const steps = await advance({ clock, sql, changed, settled, isOnOthers, isStopping }, seconds * 1000)
        await doUpkeep()
        return { ...timeOf(lab), steps }
      })
      .finally(lab.changed)
  },
)
