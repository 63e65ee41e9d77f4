import { Button, Menu, PasswordInput, TextInput } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LookItems } from '../../parts/menu/look-items.tsx'
import { explainError } from '../../ui/feedback/explain-error.ts'
import { ProblemError } from '../../ui/feedback/problem.ts'
import { useSigning } from '../data/session.ts'
import '../../parts/session/sign-in.css'
import '../../ui/frame/frame.css'

/** E-mail and password, for who has no link or a used one. */
export function SignIn({ isTicketRefused }: { isTicketRefused: boolean }) {
  const { t } = useTranslation('desk')
  useEffect(() => {
    document.title = t('signInTitle')
  }, [t])
  return (
    <main className="sign-in">
      <div className="sign-in-menu">
        <LookMenu />
      </div>
      <CredentialsForm hint={isTicketRefused ? <TicketUsed /> : <p className="muted">{t('signInHint')}</p>} />
    </main>
  )
}

export function LookMenu() {
  const { t } = useTranslation('desk')
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <button type="button" className="frame-link">
          <IconSettings size={18} stroke={1.5} aria-hidden />
          <span className="frame-label">{t('settings')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <LookItems />
      </Menu.Dropdown>
    </Menu>
  )
}

function TicketUsed() {
  const { t } = useTranslation('desk')
  return (
    <div className="sign-in-used" role="alert">
      <strong>{t('ticketUsed')}</strong>
      <span>{t('ticketUsedHint')}</span>
    </div>
  )
}

function CredentialsForm({ hint }: { hint: ReactNode }) {
  const { t } = useTranslation('desk')
  const { email, password, setEmail, setPassword, refused, isBusy, submit } = useCredentials()
  return (
    <form onSubmit={submit} noValidate>
      <span className="frame-mark" aria-hidden>
        П
      </span>
      <h1>{t('signInTitle')}</h1>
      {hint}
      <TextInput
        label={t('email')}
        type="email"
        size="sm"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={event => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('password')}
        error={refused}
        autoComplete="current-password"
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" fullWidth loading={isBusy} disabled={email.trim() === '' || password === ''}>
        {t('signInDo')}
      </Button>
    </form>
  )
}

function useCredentials() {
  const { t } = useTranslation('desk')
  const { signIn } = useSigning()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await signIn({ email: email.trim(), password })
    } catch (error) {
      const status = error instanceof ProblemError ? error.status : undefined
      setRefused(status === 401 ? t('wrongPassword') : status === 429 ? t('tooOften') : explainError(error))
      setBusy(false)
    }
  }
  return { email, password, setEmail, setPassword, refused, isBusy, submit }
}
