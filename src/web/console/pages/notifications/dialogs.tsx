import { useTranslation } from 'react-i18next'
import { QuestionDialog } from '../../../parts/dialog/question-dialog.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import { ReplayPeriod } from './replay-period.tsx'
import { SecretShown, type Shown } from './secret-shown.tsx'
import { SendSample } from './send-sample.tsx'
import { SubscriptionForm } from './subscription-form.tsx'
import type { Subscription } from './words.tsx'

/** A dialog over the page. */
export type PageDialog =
  | { what: 'make' }
  | { what: 'secret'; shown: Shown }
  | { what: 'edit' | 'sample' | 'replay' | 'rotate' | 'disable' | 'remove'; subscription: Subscription }

type Props = { dialog: PageDialog; onNext: (dialog: PageDialog | undefined) => void }

const one = '/businesses/{businessId}/subscriptions/{subscriptionId}'

export function Dialogs({ dialog, onNext }: Props) {
  const close = () => onNext(undefined)
  const show = (shown?: Shown) => onNext(shown && { what: 'secret', shown })
  if (dialog.what === 'secret') return <SecretShown shown={dialog.shown} onClose={close} />
  if (dialog.what === 'make') return <SubscriptionForm onClose={close} onDone={show} />
  const { what, subscription } = dialog
  const props = { subscription, onClose: close }
  if (what === 'edit') return <SubscriptionForm {...props} onDone={close} />
  if (what === 'sample') return <SendSample {...props} />
  if (what === 'replay') return <ReplayPeriod {...props} />
  if (what === 'rotate') return <Rotate {...props} onDone={show} />
  if (what === 'disable') return <Disable {...props} />
  return <Remove {...props} />
}

type OneProps = { subscription: Subscription; onClose: () => void }
type ShowingProps = OneProps & { onDone: (shown: Shown) => void }

function Rotate({ subscription: { subscriptionId, name }, onClose, onDone }: ShowingProps) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  const rotate = useAct(
    () => call(`POST ${one}/rotate-secret`, { params: { subscriptionId } }),
    made => onDone({ name, ...made }),
  )
  return <Question title={t('rotate')} question={t('rotateQuestion', { name })} act={rotate} onClose={onClose} />
}

function Disable({ subscription: { subscriptionId, name, waiting }, onClose }: OneProps) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  const disable = useAct(
    () => call(`POST ${one}/disable`, { params: { subscriptionId } }),
    () => {
      toastDone(t('disabled', { name }))
      onClose()
    },
  )
  const question = t('disableQuestion', { name, count: waiting })
  return <Question title={t('disable')} question={question} act={disable} onClose={onClose} />
}

function Remove({ subscription: { subscriptionId, name }, onClose }: OneProps) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  const remove = useAct(
    () => call(`DELETE ${one}`, { params: { subscriptionId } }),
    () => {
      toastDone(t('removed'))
      onClose()
    },
  )
  return <Question title={t('remove')} question={t('removeQuestion', { name })} act={remove} onClose={onClose} />
}

type QuestionProps = {
  title: string
  question: string
  act: { run: (given: undefined) => Promise<unknown>; isPending: boolean }
  onClose: () => void
}

function Question({ act, ...asked }: QuestionProps) {
  return <QuestionDialog {...asked} isBusy={act.isPending} onYes={() => void act.run(undefined)} />
}
