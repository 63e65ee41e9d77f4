import { Button } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { eventOfType, inside } from '#contract'
import { Read } from '../../../ui/feedback/read.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { useFormat } from '../../../ui/format.ts'
import { SidePanel } from '../../../ui/frame/page.tsx'
import { JsonView } from '../../../ui/json/json-view.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import type { DeliveryState } from '../../data/deliveries.ts'
import { useAdmin } from '../../data/queries.ts'
import { Attempts } from './attempts.tsx'
import { type Delivery, DeliveryChip, type Told } from './words.tsx'

type Props = { deliveryId: string; told: Told; onClose: () => void }

/** The header of Standard Webhooks that has the delivery's id. */
const idHeader = 'webhook-id'

const why: Partial<Record<DeliveryState, 'waitingWhy' | 'refusedWhy' | 'cancelledWhy'>> = {
  waiting: 'waitingWhy',
  refused: 'refusedWhy',
  cancelled: 'cancelledWhy',
}

/** A delivery: what is sent, every attempt, and sending it again. */
export function DeliveryDetails({ deliveryId, told, onClose }: Props) {
  const { t } = useTranslation('notifications')
  const query = useAdmin(
    'GET /businesses/{businessId}/deliveries/{deliveryId}',
    { topics: ['deliveries'] },
    { params: { deliveryId } },
  )
  const delivery = query.data?.delivery
  const subscription = toldOf(told, delivery)
  const title = delivery ? t(`type_${eventOfType(delivery.type)}`) : t('deliveries')
  return (
    <SidePanel
      title={title}
      label={title}
      onClose={onClose}
      acts={delivery && <Replay delivery={delivery} subscription={subscription} />}
    >
      <Read query={query}>
        {({ delivery, notification, attempts }) => (
          <div className="delivery">
            <Facts delivery={delivery} subscription={subscription} />
            <section>
              <h3>{t('bodySent')}</h3>
              <JsonView value={notification} label={t('bodySent')} />
            </section>
            <Attempts attempts={attempts} />
          </div>
        )}
      </Read>
    </SidePanel>
  )
}

type Of = { delivery: Delivery; subscription: { name: string; whyNot?: 'replayNeedsOn' } | undefined }

/** The subscription of a delivery by its name, and why nothing can be sent to it again. */
function toldOf({ subscriptions }: Told, delivery: Delivery | undefined): Of['subscription'] {
  const isIts = ({ subscriptionId }: Pick<Delivery, 'subscriptionId'>) => subscriptionId === delivery?.subscriptionId
  const found = subscriptions.find(isIts)
  if (!found || inside(found.state) === 'enabled') return found
  return { name: found.name, whyNot: 'replayNeedsOn' }
}

function Facts({ delivery, subscription }: Of) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const businessId = useBusinessId()
  const { state, chatId, happenedAt, deliveryId } = delivery
  const reason = why[inside(state)]
  return (
    <div className="delivery-facts">
      <p className="row">
        <DeliveryChip state={state} />
        <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId: String(chatId) }} className="num">
          {`${t('chat')} ${chatId}`}
        </Link>
        <time className="muted" dateTime={happenedAt}>
          {format.dateTime(new Date(happenedAt))}
        </time>
      </p>
      {reason && <p className="meta">{t(reason)}</p>}
      {subscription && <p className="cut">{subscription.name}</p>}
      {subscription?.whyNot && isFinished(delivery) && (
        <p className="meta" id={whyNotId}>
          {t(subscription.whyNot)}
        </p>
      )}
      <span className="delivery-id">
        <span className="mono meta">{idHeader}</span>
        <CodeValue text={deliveryId} />
      </span>
    </div>
  )
}

const whyNotId = 'why-not-resent'

/** Whether no more attempt will be made by itself. */
function isFinished({ state }: Delivery): boolean {
  const word = inside(state)
  return word !== 'waiting' && word !== 'in_flight'
}

function Replay({ delivery, subscription }: Of) {
  const { deliveryId } = delivery
  const { t } = useTranslation('notifications')
  const call = useCall()
  const replay = useAct(
    () => call('POST /businesses/{businessId}/deliveries/{deliveryId}/replay', { params: { deliveryId } }),
    () => toastDone(t('replayedOne')),
  )
  if (!isFinished(delivery)) return null
  const isOn = subscription !== undefined && subscription.whyNot === undefined
  return (
    <Button
      variant="default"
      leftSection={<IconRepeat size={14} />}
      loading={replay.isPending}
      disabled={!isOn}
      aria-describedby={isOn ? undefined : whyNotId}
      onClick={() => void replay.run(undefined)}
    >
      {t('replay')}
    </Button>
  )
}
