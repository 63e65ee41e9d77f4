import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SignInPage } from '../../parts/session/sign-in-page.tsx'
import { useSignInForm } from '../../parts/session/use-sign-in-form.ts'
import { useSigning } from '../data/session.ts'
import { SettingsMenu } from '../frame/settings-menu.tsx'

/** The admin token, for who has no link or a used one. */
export function SignIn({ isTicketRefused }: { isTicketRefused: boolean }) {
  const { t } = useTranslation('frame')
  const { signIn } = useSigning()
  const [token, setToken] = useState('')
  const form = useSignInForm(() => signIn({ adminToken: token.trim() }), { 401: t('tokenWrong') })
  const texts = {
    ...{ title: t('signInTitle'), hint: t('signInHint'), submit: t('signInDo') },
    ...{ used: t('ticketUsed'), usedHint: t('ticketUsedHint') },
  }
  return (
    <SignInPage
      {...{ texts, isTicketRefused, form }}
      menu={<SettingsMenu isSignedIn={false} />}
      canSubmit={token.trim() !== ''}
    >
      <PasswordInput
        label={t('signInToken')}
        placeholder="admin-…"
        value={token}
        error={form.refused}
        autoComplete="current-password"
        autoFocus
        onChange={event => {
          setToken(event.currentTarget.value)
          form.forget()
        }}
      />
    </SignInPage>
  )
}
