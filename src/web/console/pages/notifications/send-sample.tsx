import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notificationTypeOf } from '#contract'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useFormat } from '../../../ui/format.ts'
import { useCall } from '../../data/business.ts'
import { type EventName, eventsInOrder } from '../../data/deliveries.ts'
import { FailureNote } from './failure-note.tsx'
import type { Subscription } from './words.tsx'

/** Sends the receiver a notification that is made up, as often as one likes, and says what it has answered. */
export function SendSample({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const [event, setEvent] = useState<EventName>('message_sent')
  const sample = useSample(subscription)
  return (
    <Dialog title={t('sampleTitle', { name: subscription.name })} onClose={onClose}>
      <FormInDialog
        submit={t('sampleDo')}
        isBusy={sample.isPending}
        onSubmit={() => void sample.run(event)}
        onCancel={onClose}
      >
        <p>{t('sampleHint')}</p>
        <Select
          label={t('filterType')}
          data={eventsInOrder.map(value => ({ value, label: t(`type_${value}`) }))}
          value={event}
          allowDeselect={false}
          data-autofocus
          onChange={value => value && setEvent(value)}
        />
        <Answer answer={sample.data} />
      </FormInDialog>
    </Dialog>
  )
}

type Sample = ReturnType<typeof useSample>

function Answer({ answer }: { answer: Sample['data'] }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  if (!answer) return null
  if (answer.failure) return <FailureNote failure={answer.failure} />
  return <p role="status">{t('pinged', { duration: format.duration(answer.durationMs) })}</p>
}

function useSample({ subscriptionId }: Subscription) {
  const call = useCall()
  return useAct((event: EventName) =>
    call('POST /businesses/{businessId}/subscriptions/{subscriptionId}/sample', {
      params: { subscriptionId },
      body: { type: notificationTypeOf[event] },
    }),
  )
}
