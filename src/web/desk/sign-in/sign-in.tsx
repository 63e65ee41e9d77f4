import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SignInPage } from '../../parts/session/sign-in-page.tsx'
import { useSignInForm } from '../../parts/session/use-sign-in-form.ts'
import { useSigning } from '../data/session.ts'
import { LookMenu } from './look-menu.tsx'

/** E-mail and password, for who has no link or a used one. */
export function SignIn({ isTicketRefused }: { isTicketRefused: boolean }) {
  const { t } = useTranslation('desk')
  const { signIn } = useSigning()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const words = { 401: t('wrongPassword'), 429: t('tooOften') }
  const form = useSignInForm(() => signIn({ email: email.trim(), password }), words)
  const texts = {
    ...{ title: t('signInTitle'), hint: t('signInHint'), submit: t('signInDo') },
    ...{ used: t('ticketUsed'), usedHint: t('ticketUsedHint') },
  }
  return (
    <SignInPage
      {...{ texts, isTicketRefused, form }}
      menu={<LookMenu />}
      canSubmit={email.trim() !== '' && password !== ''}
    >
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
        error={form.refused}
        autoComplete="current-password"
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
      />
    </SignInPage>
  )
}
