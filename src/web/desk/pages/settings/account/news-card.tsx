import { Button, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '#desk-protocol'
import { toastError } from '../../../../ui/feedback/toast.tsx'
import { usePreferences, usePutPreferences } from '../../../data/preferences.ts'
import { playSound } from '../../../frame/news/sounds.ts'

/** How a chat that begins to wait makes itself heard, and when it does not. */
export function NewsCard() {
  const { t } = useTranslation('settings')
  const preferences = usePreferences()
  const { change } = usePutPreferences()
  const notify = async (isWanted: boolean) => {
    if (isWanted && (!('Notification' in window) || (await Notification.requestPermission()) !== 'granted'))
      return toastError(new Error(t('notifyRefused')))
    change({ notify: isWanted })
  }
  return (
    <section className="card" aria-label={t('news')}>
      <h2>{t('news')}</h2>
      <div className="card-line">
        <span>{t('sounds')}</span>
        <Button variant="subtle" onClick={() => playSound('chat')}>
          {t('listen')}
        </Button>
        <Switch
          aria-label={t('sounds')}
          checked={preferences.sounds}
          onChange={event => change({ sounds: event.currentTarget.checked })}
        />
      </div>
      <div className="card-line">
        <span>{t('notify')}</span>
        <Switch
          aria-label={t('notify')}
          checked={preferences.notify}
          onChange={event => void notify(event.currentTarget.checked)}
        />
      </div>
      <div className="card-line">
        <span>{t('repeat')}</span>
        <Switch
          aria-label={t('repeat')}
          checked={preferences.repeatUntilSeen}
          onChange={event => change({ repeatUntilSeen: event.currentTarget.checked })}
        />
      </div>
      <QuietHours key={`${preferences.quietFrom} ${preferences.quietTo}`} preferences={preferences} onSave={change} />
    </section>
  )
}

type QuietProps = { preferences: Preferences; onSave: (part: Partial<Preferences>) => void }

function QuietHours({ preferences, onSave }: QuietProps) {
  const { t } = useTranslation('settings')
  const [from, setFrom] = useState(preferences.quietFrom ?? '')
  const [to, setTo] = useState(preferences.quietTo ?? '')
  const save = () => {
    const isWhole = (from === '') === (to === '')
    if (isWhole) onSave({ quietFrom: from || undefined, quietTo: to || undefined })
  }
  return (
    <div className="card-line">
      <span>{t('quiet')}</span>
      <TextInput
        type="time"
        aria-label={t('quietFrom')}
        value={from}
        onChange={event => setFrom(event.currentTarget.value)}
        onBlur={save}
      />
      <TextInput
        type="time"
        aria-label={t('quietTo')}
        value={to}
        onChange={event => setTo(event.currentTarget.value)}
        onBlur={save}
      />
    </div>
  )
}
