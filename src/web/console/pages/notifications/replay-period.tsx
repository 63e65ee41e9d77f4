import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOf } from '#contract'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { clockNow } from '../../../ui/clock/clock.ts'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import type { Subscription } from './words.tsx'

const hourMs = 3_600_000
const periods = { hour: hourMs, day: 24 * hourMs, all: 31 * 24 * hourMs, own: 24 * hourMs } as const
type PeriodName = keyof typeof periods
type Span = { from: string; to: string }

/** Asks which period is sent once more. */
export function ReplayPeriod({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const [period, setPeriod] = useState<PeriodName>('hour')
  const [own, setOwn] = useState<Span>(lastDay)
  const replay = useReplay(subscription, onClose)
  const isWhole = own.from !== '' && own.to !== '' && own.from <= own.to
  return (
    <Dialog title={t('replayTitle', { name: subscription.name })} onClose={onClose}>
      <FormInDialog
        submit={t('replayDo')}
        isBusy={replay.isPending}
        whyNot={period === 'own' && !isWhole ? t('whyNoPeriod') : undefined}
        onSubmit={() => void replay.run(period === 'own' ? inUtc(own) : untilNow(periods[period]))}
        onCancel={onClose}
      >
        <p>{t('replayHint')}</p>
        <SegmentedControl
          fullWidth
          aria-label={t('replayPeriod')}
          data={keysOf(periods).map(value => ({ value, label: t(`replay_${value}`) }))}
          value={period}
          onChange={setPeriod}
        />
        {period === 'own' && <OwnPeriod span={own} onChange={setOwn} />}
      </FormInDialog>
    </Dialog>
  )
}

function OwnPeriod({ span, onChange }: { span: Span; onChange: (span: Span) => void }) {
  const { t } = useTranslation('notifications')
  return (
    <div className="notifications-period">
      {(['from', 'to'] as const).map(end => (
        <TextInput
          key={end}
          type="datetime-local"
          label={t(end)}
          value={span[end]}
          onChange={event => onChange({ ...span, [end]: event.currentTarget.value })}
        />
      ))}
    </div>
  )
}

function useReplay({ subscriptionId }: Subscription, onDone: () => void) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  return useAct(
    (body: Span) =>
      call('POST /businesses/{businessId}/subscriptions/{subscriptionId}/replay', {
        params: { subscriptionId },
        body,
      }),
    ({ replayed }) => {
      toastDone(replayed > 0 ? t('replayed', { count: replayed }) : t('replayedNone'))
      onDone()
    },
  )
}

function untilNow(ms: number): Span {
  const now = clockNow()
  return { from: new Date(now.getTime() - ms).toISOString(), to: now.toISOString() }
}

const inUtc = ({ from, to }: Span): Span => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })

function lastDay(): Span {
  const now = clockNow()
  return { from: asLocal(new Date(now.getTime() - periods.own)), to: asLocal(now) }
}

/** In the form of a datetime-local field, in this machine's time zone. */
function asLocal(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
