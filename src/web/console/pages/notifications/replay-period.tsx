import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOf } from '#contract'
import { marketNow } from '../../../ui/clock/clock.ts'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import type { Subscription } from './words.tsx'

const hourMs = 3_600_000
const periods = { hour: hourMs, day: 24 * hourMs, all: 31 * 24 * hourMs, own: 24 * hourMs } as const
type Period = keyof typeof periods

/** Asks which period is sent once more. */
export function ReplayPeriod({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { t } = useTranslation(['notifications', 'ui'])
  const [period, setPeriod] = useState<Period>('hour')
  const [from, setFrom] = useState(() => asLocal(new Date(marketNow().getTime() - periods.own)))
  const [to, setTo] = useState(() => asLocal(marketNow()))
  const call = useCall()
  const replay = useAct(
    (body: { from: string; to: string }) =>
      call('POST /businesses/{businessId}/subscriptions/{subscriptionId}/replay', {
        params: { subscriptionId: subscription.subscriptionId },
        body,
      }),
    ({ replayed }) => {
      toastDone(replayed > 0 ? t('replayed', { count: replayed }) : t('replayedNone'))
      onClose()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const now = marketNow()
    const since = new Date(now.getTime() - periods[period])
    void replay.run(
      period === 'own'
        ? { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
        : { from: since.toISOString(), to: now.toISOString() },
    )
  }
  const isWhole = from !== '' && to !== '' && from <= to
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('replayTitle', { name: subscription.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form className="form" onSubmit={submit}>
        <p>{t('replayHint')}</p>
        <SegmentedControl
          fullWidth
          aria-label={t('replayPeriod')}
          data={keysOf(periods).map(value => ({ value, label: t(`replay_${value}`) }))}
          value={period}
          onChange={value => setPeriod(value as Period)} // one of data
        />
        {period === 'own' && (
          <div className="notifications-period">
            <TextInput
              type="datetime-local"
              label={t('from')}
              value={from}
              onChange={event => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="datetime-local"
              label={t('to')}
              value={to}
              onChange={event => setTo(event.currentTarget.value)}
            />
          </div>
        )}
        <div className="form-acts">
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={replay.isPending} disabled={period === 'own' && !isWhole}>
            {t('replayDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** As a field of date and time has it, in this machine's zone. */
function asLocal(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
