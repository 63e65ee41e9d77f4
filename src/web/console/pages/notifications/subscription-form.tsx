import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chatNotificationTypes, notificationTypeOf } from '#contract'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useCall } from '../../data/business.ts'
import { failureOf, RefusalNote } from './failure-note.tsx'
import type { Shown } from './secret-shown.tsx'
import { eventsInOrder, type Subscription } from './words.tsx'

type Props = {
  /** The one to change; without it, a new one. */
  subscription?: Subscription | undefined
  onClose: () => void
  onDone: (shown?: Shown) => void
}

export function SubscriptionForm({ subscription, onClose, onDone }: Props) {
  const { t } = useTranslation(['notifications', 'ui'])
  const [name, setName] = useState(subscription?.name ?? '')
  const [url, setUrl] = useState(subscription?.url ?? '')
  const [types, setTypes] = useState<string[]>(subscription?.types ?? [...chatNotificationTypes])
  const [isEnabled, setEnabled] = useState(true)
  const [isTried, setTried] = useState(false)
  const isUrl = /^https?:\/\/[^/\s]+/i.test(url.trim())
  const save = useSave(subscription, onDone)
  const wish = { name: name.trim(), url: url.trim(), types: chatNotificationTypes.filter(type => types.includes(type)) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isUrl) save.mutate({ ...wish, isEnabled })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={subscription ? t('editTitle') : t('makeTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form className="form" onSubmit={submit} noValidate>
        <TextInput
          label={t('name')}
          placeholder={t('nameExample')}
          maxLength={200}
          value={name}
          data-autofocus
          onChange={event => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('url')}
          type="url"
          inputMode="url"
          placeholder={exampleUrl}
          description={t('urlNote')}
          error={isTried && !isUrl && t('urlWrong')}
          maxLength={2048}
          value={url}
          onChange={event => setUrl(event.currentTarget.value)}
        />
        <Checkbox.Group label={t('types')} value={types} onChange={setTypes}>
          <div className="notifications-types">
            {eventsInOrder.map(event => (
              <Checkbox
                key={event}
                value={notificationTypeOf[event]}
                label={t(`type_${event}`)}
                description={<span className="mono">{notificationTypeOf[event]}</span>}
              />
            ))}
          </div>
        </Checkbox.Group>
        {!subscription && (
          <Checkbox
            label={t('isEnabled')}
            description={t('isEnabledNote')}
            checked={isEnabled}
            onChange={event => setEnabled(event.currentTarget.checked)}
          />
        )}
        {save.error && <RefusalNote error={save.error} />}
        <div className="form-acts">
          {!subscription && failureOf(save.error) && (
            <Button
              variant="default"
              disabled={save.isPending}
              onClick={() => save.mutate({ ...wish, isEnabled: false })}
            >
              {t('makeOff')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={wish.name === '' || wish.types.length === 0}>
            {subscription ? t('save') : t('makeDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

const exampleUrl = 'http://localhost:3000/notification'

type Wish = Pick<Subscription, 'name' | 'url' | 'types'> & { isEnabled: boolean }

/** What is refused stays in the form, with what was typed. */
function useSave(subscription: Subscription | undefined, onDone: Props['onDone']) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  return useMutation({
    mutationFn: async ({ isEnabled, ...wish }: Wish): Promise<Shown | undefined> => {
      if (!subscription) {
        const body = { ...wish, isEnabled }
        const made = await call('POST /businesses/{businessId}/subscriptions', { body })
        return { name: wish.name, secret: made.secret }
      }
      const params = { subscriptionId: subscription.subscriptionId }
      await call('PATCH /businesses/{businessId}/subscriptions/{subscriptionId}', { params, body: wish })
      toastDone(t('saved'))
      return undefined
    },
    onSuccess: onDone,
  })
}
