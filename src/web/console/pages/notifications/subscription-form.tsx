import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chatNotificationTypes, notificationTypeOf } from '#contract'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { eventsInOrder } from '../../data/deliveries.ts'
import { failureOf, RefusalNote } from './failure-note.tsx'
import { formatHeaders, parseHeaders } from './headers-text.ts'
import { type SubscriptionWish, useSaveSubscription } from './save-subscription.ts'
import type { Shown } from './secret-shown.tsx'
import type { Subscription } from './words.tsx'

type Props = {
  /** The one to change; without it, a new one. */
  subscription?: Subscription | undefined
  onClose: () => void
  onDone: (shown?: Shown) => void
}

export function SubscriptionForm({ subscription, onClose, onDone }: Props) {
  const { t } = useTranslation(['notifications', 'subscriptionForm'])
  const form = useSubscriptionForm(subscription)
  const save = useSaveSubscription(subscription, onDone)
  const { name, types } = form.wish
  const acts = !subscription && failureOf(save.error) && (
    <Button variant="default" disabled={save.isPending} onClick={() => save.mutate({ ...form.wish, isEnabled: false })}>
      {t('subscriptionForm:makeOff')}
    </Button>
  )
  return (
    <Dialog title={subscription ? t('subscriptionForm:editTitle') : t('makeTitle')} onClose={onClose}>
      <FormInDialog
        submit={subscription ? t('save') : t('makeDo')}
        isBusy={save.isPending}
        whyNot={name === '' ? t('whyNoName') : types.length === 0 ? t('subscriptionForm:whyNoTypes') : undefined}
        onSubmit={() => form.check() && save.mutate(form.wish)}
        onCancel={onClose}
        acts={acts}
      >
        <NameAndUrl form={form} />
        <Events chosen={form.types} onChoose={form.setTypes} />
        <Headers form={form} />
        {!subscription && <EnabledBox isEnabled={form.isEnabled} onChange={form.setEnabled} />}
        {save.error && <RefusalNote error={save.error} />}
      </FormInDialog>
    </Dialog>
  )
}

/** The fields of the form, and the request they make. */
function useSubscriptionForm(subscription: Subscription | undefined) {
  const [name, setName] = useState(subscription?.name ?? '')
  const [url, setUrl] = useState(subscription?.url ?? '')
  const [types, setTypes] = useState<string[]>(subscription?.types ?? [...chatNotificationTypes])
  const [headersText, setHeadersText] = useState(formatHeaders(subscription?.headers ?? []))
  const headers = parseHeaders(headersText)
  const [isEnabled, setEnabled] = useState(true)
  const [isTried, setTried] = useState(false)
  const isUrl = /^https?:\/\/[^/\s]+/i.test(url.trim())
  const wish: SubscriptionWish = {
    name: name.trim(),
    url: url.trim(),
    types: chatNotificationTypes.filter(type => types.includes(type)),
    headers: headers ?? [],
    isEnabled,
  }
  /** Whether the form may be sent. After the first check a wrong address is shown as such. */
  const check = () => {
    setTried(true)
    return isUrl && headers !== undefined
  }
  const texts = { name, setName, url, setUrl, headersText, setHeadersText }
  const wrong = { isWrong: isTried && !isUrl, isHeaderWrong: isTried && headers === undefined }
  return { ...texts, types, setTypes, isEnabled, setEnabled, wish, check, ...wrong }
}

const exampleUrl = 'http://localhost:3000/notification'

function NameAndUrl({ form }: { form: ReturnType<typeof useSubscriptionForm> }) {
  const { t } = useTranslation(['notifications', 'subscriptionForm'])
  return (
    <>
      <TextInput
        label={t('name')}
        placeholder={t('subscriptionForm:nameExample')}
        maxLength={200}
        value={form.name}
        data-autofocus
        onChange={event => form.setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('url')}
        type="url"
        inputMode="url"
        placeholder={exampleUrl}
        description={t('subscriptionForm:urlNote')}
        error={form.isWrong && t('subscriptionForm:urlWrong')}
        maxLength={2048}
        value={form.url}
        onChange={event => form.setUrl(event.currentTarget.value)}
      />
    </>
  )
}

function Events({ chosen, onChoose }: { chosen: string[]; onChoose: (types: string[]) => void }) {
  const { t } = useTranslation(['notifications', 'subscriptionForm'])
  return (
    <Checkbox.Group label={t('types')} value={chosen} onChange={onChoose}>
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
  )
}

const exampleHeader = 'Authorization: Basic …'

function Headers({ form }: { form: ReturnType<typeof useSubscriptionForm> }) {
  const { t } = useTranslation(['notifications', 'subscriptionForm'])
  return (
    <Textarea
      label={t('headers')}
      description={t('subscriptionForm:headersNote')}
      placeholder={exampleHeader}
      error={form.isHeaderWrong && t('subscriptionForm:headersWrong')}
      autosize
      maxLength={6000}
      spellCheck={false}
      value={form.headersText}
      onChange={event => form.setHeadersText(event.currentTarget.value)}
    />
  )
}

function EnabledBox({ isEnabled, onChange }: { isEnabled: boolean; onChange: (isEnabled: boolean) => void }) {
  const { t } = useTranslation(['notifications', 'subscriptionForm'])
  return (
    <Checkbox
      label={t('isEnabled')}
      description={t('subscriptionForm:isEnabledNote')}
      checked={isEnabled}
      onChange={event => onChange(event.currentTarget.checked)}
    />
  )
}
