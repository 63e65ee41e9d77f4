import { IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Sparkline } from '../../ui/chart/sparkline.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { LinkButton } from '../../ui/form/link-button.tsx'
import { useFormat } from '../../ui/format.ts'
import type { AnswerOf } from '../data/desk-api.ts'
import { useDesk } from '../data/reads.ts'
import type { InboxSearch } from '../data/search.ts'
import { Checklist } from './checklist.tsx'
import '../texts/add-later.ts'
import './start.css'

type Day = AnswerOf<'GET /answer-times'>['days'][number]

const minuteSeconds = 60
const hourMinutes = 60
// While nobody waits nothing of it changes, but the day and what others answer.
const pollMs = 60_000

/** Nobody waits: how soon the shop has answered today, and this week beside it. */
export function AllAnswered({ search }: { search: InboxSearch }) {
  const { t } = useTranslation(['start', 'inbox'])
  const span = useSpan()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const { cabinetId } = search
  const { data } = useDesk('GET /answer-times', { topics: [], pollMs }, { query: { timeZone, cabinetId } })
  const today = data?.days.at(-1)
  return (
    <div className="answered">
      <EmptyState icon={IconInbox} title={t('inbox:noneWaiting')} hint={t('inbox:noneWaitingHint')}>
        <div className="answered-times">
          {today && (
            <p>
              {today.averageSeconds === undefined
                ? t('start:noAnswers')
                : t('start:average', { span: span(today.averageSeconds) })}
            </p>
          )}
          {data?.days.some(({ answers }) => answers > 0) && <Week days={data.days} />}
        </div>
        <LinkButton variant="default" to="/inbox" search={{ ...search, view: 'all', sort: undefined }}>
          {t('inbox:showAll')}
        </LinkButton>
      </EmptyState>
      <Checklist isFinishedHidden />
    </div>
  )
}

function Week({ days }: { days: readonly Day[] }) {
  const { t, i18n } = useTranslation('start')
  const format = useFormat()
  const span = useSpan()
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long' })
  const words = days.map(({ startsAt, answers, averageSeconds }) => {
    const day = weekday.format(new Date(startsAt))
    if (averageSeconds === undefined) return t('dayWithout', { day })
    return t('dayOfAnswers', { day, count: answers, answers: format.number(answers), span: span(averageSeconds) })
  })
  return (
    <>
      <Sparkline values={days.map(day => day.averageSeconds)} label={`${t('week')}: ${words.join('; ')}.`} />
      <span className="meta">{t('week')}</span>
    </>
  )
}

/** How long somebody waited, to the minute. */
function useSpan() {
  const { t } = useTranslation('start')
  return (seconds: number) => {
    const all = Math.round(seconds / minuteSeconds)
    const [hours, minutes] = [Math.floor(all / hourMinutes), all % hourMinutes]
    if (all === 0) return t('lessThanMinute')
    return hours === 0 ? t('minutes', { minutes }) : t('hours', { hours, minutes })
  }
}
