import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../parts/http/call.ts'
import { explainError } from '../../ui/feedback/error-note.tsx'
import { useSigning } from '../data/session.ts'
import { SettingsMenu } from '../frame/settings-menu.tsx'
import './sign-in.css'

/** The admin token, for who has no link or a used one. */
export function SignIn({ isTicketRefused }: { isTicketRefused: boolean }) {
  const { t } = useTranslation('frame')
  const { signIn } = useSigning()
  const [token, setToken] = useState('')
  const [refused, setRefused] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    document.title = t('signInTitle')
  }, [t])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await signIn({ adminToken: token.trim() })
    } catch (error) {
      const isWrong = error instanceof ProblemError && error.status === 401
      setRefused(isWrong ? t('tokenWrong') : explainError(error))
      setBusy(false)
    }
  }
  return (
    <main className="sign-in">
      <div className="sign-in-menu">
        <SettingsMenu isSignedIn={false} />
      </div>
      <form onSubmit={submit}>
        <span className="frame-mark" aria-hidden>
          П
        </span>
        <h1>{t('signInTitle')}</h1>
        {isTicketRefused ? (
          <div className="sign-in-used" role="alert">
            <strong>{t('ticketUsed')}</strong>
            <span>{t('ticketUsedHint')}</span>
          </div>
        ) : (
          <p className="muted">{t('signInHint')}</p>
        )}
        <PasswordInput
          label={t('signInToken')}
          placeholder="admin-…"
          value={token}
          error={refused}
          autoComplete="current-password"
          autoFocus
          onChange={event => {
            setToken(event.currentTarget.value)
            setRefused(undefined)
          }}
        />
        <Button type="submit" size="sm" fullWidth loading={isBusy} disabled={token.trim() === ''}>
          {t('signInDo')}
        </Button>
      </form>
    </main>
  )
}
