import { useTranslation } from 'react-i18next'
import type { Sync } from '#desk-protocol'
import { useNow } from '../../ui/clock/clock.ts'
import { useFormat } from '../../ui/format.ts'
import '../texts/add-later.ts'
import './calls-of-hour.css'

const minuteMs = 60_000

/** How many calls of an hour are used, each kind by its own limit, and in how many minutes they are counted anew. */
export function CallsOfHour({ limits }: Pick<Sync, 'limits'>) {
  const { t } = useTranslation('connect')
  if (limits.length === 0) return <p className="muted">{t('noCalls')}</p>
  return (
    <table className="calls">
      <thead>
        <tr>
          <th scope="col">{t('call')}</th>
          <th scope="col">{t('callsUsed')}</th>
          <th scope="col">{t('callsAnew')}</th>
        </tr>
      </thead>
      <tbody>
        {limits.map(limit => (
          <Calls key={limit.operation} limit={limit} />
        ))}
      </tbody>
    </table>
  )
}

function Calls({ limit: { operation, used, limit, until } }: { limit: Sync['limits'][number] }) {
  const { t, i18n } = useTranslation('connect')
  const format = useFormat()
  const now = useNow()
  const key = `call_${operation}`
  const counts = { used: format.number(used), limit: format.number(limit) }
  return (
    <tr>
      <td>{i18n.exists(key, { ns: 'connect' }) ? t(key as 'call') : operation}</td>
      <td>{t('callsOf', counts)}</td>
      <td>{until === undefined ? '—' : t('inMinutes', { count: minutesTo(new Date(until), now) })}</td>
    </tr>
  )
}

function minutesTo(at: Date, now: Date): number {
  return Math.max(Math.ceil((at.getTime() - now.getTime()) / minuteMs), 0)
}
