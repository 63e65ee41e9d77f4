import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  type Icon,
  IconCopyPlus,
  IconDots,
  IconFlask,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconRepeat,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inside, notificationTypeOf } from '#contract'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { useFormat } from '../../../ui/format.ts'
import { eventsInOrder } from '../../data/deliveries.ts'
import type { PageDialog } from './dialogs.tsx'
import { FailureNote } from './failure-note.tsx'
import { useSubscriptionActs } from './subscription-acts.ts'
import { SubscriptionFacts } from './subscription-facts.tsx'
import { HealthChip, healthOf, type Subscription } from './words.tsx'

type Props = {
  subscription: Subscription
  /** The table shows only its deliveries. */
  isChosen: boolean
  onChoose: () => void
  onAsk: (dialog: PageDialog) => void
}

/** A subscription: its health, and what can be done with it. */
export function SubscriptionCard({ subscription, isChosen, onChoose, onAsk }: Props) {
  const { t } = useTranslation('notifications')
  const acts = useSubscriptionActs(subscription)
  const { name, url, types } = subscription
  const told = eventsInOrder.filter(event => types.includes(notificationTypeOf[event]))
  return (
    <li className="subscription" data-chosen={isChosen || undefined}>
      <div className="subscription-head">
        <button
          type="button"
          className="subscription-name cut"
          aria-pressed={isChosen}
          aria-label={t('showOnlyOf', { name })}
          title={t('showOnly')}
          onClick={onChoose}
        >
          {name}
        </button>
        <HealthChip health={healthOf(subscription)} />
      </div>
      <CodeValue text={url} />
      <p className="meta">
        {told.length === eventsInOrder.length ? t('everything') : told.map(event => t(`type_${event}`)).join(' · ')}
      </p>
      <SubscriptionFacts subscription={subscription} />
      <Acts subscription={subscription} acts={acts} onAsk={onAsk} />
      {acts.failure && <FailureNote failure={acts.failure} />}
    </li>
  )
}

type ActsProps = Pick<Props, 'subscription' | 'onAsk'> & { acts: ReturnType<typeof useSubscriptionActs> }

function Acts({ subscription, acts, onAsk }: ActsProps) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  return (
    <div className="subscription-acts">
      <Button variant="default" loading={acts.isPinging} onClick={acts.ping}>
        {t('ping')}
      </Button>
      {!isOn(subscription) && (
        <Button loading={acts.isEnabling} onClick={acts.enable}>
          {t('enable')}
        </Button>
      )}
      <span className="subscription-pinged num" role="status">
        {acts.pinged?.ok && t('pinged', { duration: format.duration(acts.pinged.durationMs) })}
      </span>
      <MoreActs subscription={subscription} onAsk={onAsk} onDuplicate={() => acts.duplicate(onAsk)} />
    </div>
  )
}

const isOn = ({ state }: Subscription) => inside(state) === 'enabled'

/** Acts that open a dialog. `needsOn`: only for a subscription that is on. */
const asking = [
  { what: 'edit', icon: IconPencil, text: 'edit', needsOn: false },
  { what: 'sample', icon: IconFlask, text: 'sample', needsOn: false },
  { what: 'replay', icon: IconRepeat, text: 'replayPeriod', needsOn: true },
  { what: 'rotate', icon: IconKey, text: 'rotate', needsOn: false },
  { what: 'disable', icon: IconPlayerPause, text: 'disable', needsOn: true },
] as const

function MoreActs({
  subscription,
  onAsk,
  onDuplicate,
}: Pick<Props, 'subscription' | 'onAsk'> & { onDuplicate: () => void }) {
  const { t } = useTranslation('notifications')
  const item = (icon: Icon, text: string, onClick: () => void) => ({
    leftSection: <IconOf icon={icon} />,
    children: text,
    onClick,
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('moreOf', { name: subscription.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {asking
          .filter(({ needsOn }) => !needsOn || isOn(subscription))
          .map(({ what, icon, text }) => (
            <Menu.Item key={what} {...item(icon, t(text), () => onAsk({ what, subscription }))} />
          ))}
        <Menu.Item {...item(IconCopyPlus, t('duplicate'), onDuplicate)} />
        <Menu.Divider />
        <Menu.Item color="overdue" {...item(IconTrash, t('remove'), () => onAsk({ what: 'remove', subscription }))} />
      </Menu.Dropdown>
    </Menu>
  )
}

const IconOf = ({ icon: Icon }: { icon: Icon }) => <Icon size={14} />
