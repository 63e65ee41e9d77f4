import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainError } from '../../ui/feedback/explain-error.ts'
import { ProblemError } from '../../ui/feedback/problem.ts'
import { useSigning } from '../data/session.ts'
import { SettingsMenu } from '../frame/settings-menu.tsx'
import '../../parts/session/sign-in.css'

/** The admin token, for who has no link or a used one. */
export function SignIn({ isTicketRefused }: { isTicketRefused: boolean }) {
  const { t } = useTranslation('frame')
  useEffect(() => {
    document.title = t('signInTitle')
  }, [t])
  return (
    <main className="sign-in">
      <div className="sign-in-menu">
        <SettingsMenu isSignedIn={false} />
      </div>
      <TokenForm hint={isTicketRefused ? <TicketUsed /> : <p className="muted">{t('signInHint')}</p>} />
    </main>
  )
}

function TicketUsed() {
  const { t } = useTranslation('frame')
  return (
    <div className="sign-in-used" role="alert">
      <strong>{t('ticketUsed')}</strong>
      <span>{t('ticketUsedHint')}</span>
    </div>
  )
}

function TokenForm({ hint }: { hint: ReactNode }) {
  const { t } = useTranslation('frame')
  const { token, type, refused, isBusy, submit } = useTokenForm()
  return (
    <form onSubmit={submit}>
      <span className="frame-mark" aria-hidden>
        П
      </span>
      <h1>{t('signInTitle')}</h1>
      {hint}
      <PasswordInput
        label={t('signInToken')}
        placeholder="admin-…"
        value={token}
        error={refused}
        autoComplete="current-password"
        autoFocus
        onChange={event => type(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" fullWidth loading={isBusy} disabled={token.trim() === ''}>
        {t('signInDo')}
      </Button>
    </form>
  )
}

function useTokenForm() {
  const { t } = useTranslation('frame')
  const { signIn } = useSigning()
  const [token, setToken] = useState('')
  const [refused, setRefused] = useState<string>()
  const [isBusy, setBusy] = useState(false)
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
  const type = (typed: string) => {
    setToken(typed)
    setRefused(undefined)
  }
  return { token, type, refused, isBusy, submit }
}
