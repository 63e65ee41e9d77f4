import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone } from '../../../../ui/feedback/toast.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { useSession, useSigning } from '../../../data/session.ts'

const minLength = 10

/** The current one is not asked of who came by a link and has none. */
export function PasswordCard() {
  const { t } = useTranslation('settings')
  const hasPassword = useSession().data?.hasPassword ?? false
  const { refreshSession } = useSigning()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const save = useAct(
    () => callDesk('PUT /password', { body: { password, ...(current !== '' && { current }) } }),
    () => {
      setCurrent('')
      setPassword('')
      toastDone(t('passwordSaved'))
      void refreshSession()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run(undefined)
  }
  return (
    <form className="card" onSubmit={submit} aria-label={t('password')}>
      <h2>{t('password')}</h2>
      <p className="muted">{t(hasPassword ? 'passwordHint' : 'noPasswordHint')}</p>
      {hasPassword && (
        <PasswordInput
          label={t('currentPassword')}
          autoComplete="current-password"
          value={current}
          onChange={event => setCurrent(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t('newPassword')}
        description={t('passwordLength', { count: minLength })}
        autoComplete="new-password"
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      <div className="card-acts">
        <Button type="submit" loading={save.isPending} disabled={password.length < minLength}>
          {t('savePassword')}
        </Button>
      </div>
    </form>
  )
}
