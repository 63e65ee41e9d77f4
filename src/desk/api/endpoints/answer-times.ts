import type { Sql } from '#database'
import type { Clock } from '#kit'
import { problems } from '#serving'
import { startsOfDays } from '../../inbox/days.ts'
import { countAnswers } from '../../store/answer-times.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/answer-times.ts'

const daysOfWeek = 7

export const readAnswerTimes = personalEndpoint(
  operations.readAnswerTimes,
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { query: { timeZone, cabinetId } }) => {
    const starts = requireDays(clock.now(), timeZone)
    const counted = new Map((await countAnswers(sql, { starts, cabinetId })).map(({ day, ...counts }) => [day, counts]))
    return {
      days: starts.map((at, index) => ({ startsAt: at.toISOString(), answers: 0, ...counted.get(index + 1) })),
    }
  },
)

function requireDays(now: Date, timeZone: string): Date[] {
  try {
    return startsOfDays(now, timeZone, daysOfWeek)
  } catch (error) {
    if (error instanceof RangeError) throw problems.misfit('timeZone', 'must be a time zone, as Europe/Moscow')
    throw error
  }
}
