import { type BodyOf, ordersPeriodDays, parseMoment, parseRestDay, refusals, restDay } from '#contract'
import type { OrderSearch, Period } from '../store/shop-orders/search.ts'

type Dates = NonNullable<BodyOf<'getBusinessOrders'>['dates']>
type Periods = Pick<OrderSearch, 'created' | 'shipped' | 'updated'>

const dayMs = 24 * 60 * 60 * 1000

/** The periods that orders are looked for in. Without dates it is the last thirty days, unless the orders are named. */
export function readPeriods(dates: Dates, { now, isNamed }: { now: Date; isNamed: boolean }): Periods {
  const created = readDays(dates, 'creationDateFrom', 'creationDateTo')
  const today = parseRestDay(restDay(now)) ?? now
  return {
    created: isNamed && !created.from && !created.to ? created : sinceThen(created, today),
    shipped: readDays(dates, 'shipmentDateFrom', 'shipmentDateTo'),
    updated: { from: read(dates, 'updateDateFrom', parseMoment), to: read(dates, 'updateDateTo', parseMoment) },
  }
}

function sinceThen({ from, to }: Period, today: Date): Period {
  if (from && !to) requireShort({ from, to: today }, 'dates.creationDateFrom', 'dates.creationDateTo')
  return { from: from ?? new Date((to ?? today).getTime() - ordersPeriodDays * dayMs), to }
}

/** An end that is not after its beginning is the day after it. */
function readDays(dates: Dates, fromName: keyof Dates, toName: keyof Dates): Period {
  const from = read(dates, fromName, parseRestDay)
  const to = read(dates, toName, parseRestDay)
  if (!from || !to) return { from, to }
  const period = { from, to: new Date(Math.max(to.getTime(), from.getTime() + dayMs)) }
  requireShort(period, `dates.${fromName}`, `dates.${toName}`)
  return period
}

function requireShort({ from, to }: { from: Date; to: Date }, fromName: string, toName: string): void {
  if (to.getTime() - from.getTime() > ordersPeriodDays * dayMs) throw refusals.periodTooLong(fromName, toName)
}

function read(dates: Dates, name: keyof Dates, parse: (text: string) => Date | undefined): Date | undefined {
  const text = dates[name]
  if (text === undefined) return undefined
  const moment = parse(text)
  if (moment) return moment
  throw refusals.fits([{ rule: 'kind', at: `dates.${name}` }])
}
