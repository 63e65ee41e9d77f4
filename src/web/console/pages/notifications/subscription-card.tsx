import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconCopyPlus,
  IconDots,
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
  /** Its deliveries alone are in the table. */
  isChosen: boolean
  onChoose: () => void
  onAsk: (dialog: PageDialog) => void
}

/** A subscription: how it goes with it, and what can be done. */
export function SubscriptionCard({ subscription, isChosen, onChoose, onAsk }: Props) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const acts = useSubscriptionActs(subscription)
  const { name, url, types } = subscription
  const told = eventsInOrder.filter(event => types.includes(notificationTypeOf[event]))
  const isOn = inside(subscription.state) === 'enabled'
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
      <div className="subscription-acts">
        <Button variant="default" loading={acts.isPinging} onClick={acts.ping}>
          {t('ping')}
        </Button>
        {!isOn && (
          <Button loading={acts.isEnabling} onClick={acts.enable}>
            {t('enable')}
          </Button>
        )}
        <span className="subscription-pinged num" role="status">
          {acts.pinged?.ok && t('pinged', { duration: format.duration(acts.pinged.durationMs) })}
        </span>
        <Acts subscription={subscription} isOn={isOn} onAsk={onAsk} onDuplicate={() => acts.duplicate(onAsk)} />
      </div>
      {acts.failure && <FailureNote failure={acts.failure} />}
    </li>
  )
}

type ActsProps = {
  subscription: Subscription
  isOn: boolean
  onAsk: (dialog: PageDialog) => void
  onDuplicate: () => void
}

function Acts({ subscription, isOn, onAsk, onDuplicate }: ActsProps) {
  const { t } = useTranslation('notifications')
  const acts = [
    { what: 'edit', icon: IconPencil, text: t('edit') },
    ...(isOn ? [{ what: 'replay', icon: IconRepeat, text: t('replayPeriod') } as const] : []),
    { what: 'rotate', icon: IconKey, text: t('rotate') },
    ...(isOn ? [{ what: 'disable', icon: IconPlayerPause, text: t('disable') } as const] : []),
  ] as const
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('moreOf', { name: subscription.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ what, icon: Icon, text }) => (
          <Menu.Item key={what} leftSection={<Icon size={14} />} onClick={() => onAsk({ what, subscription })}>
            {text}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconCopyPlus size={14} />} onClick={onDuplicate}>
          {t('duplicate')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="overdue"
          leftSection={<IconTrash size={14} />}
          onClick={() => onAsk({ what: 'remove', subscription })}
        >
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
