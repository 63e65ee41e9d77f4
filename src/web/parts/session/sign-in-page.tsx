import { type FormEvent, type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/form/act-button.tsx'
import type { SignInForm } from './use-sign-in-form.ts'
import '../../ui/frame/frame.css'
import './sign-in.css'

type Props = {
  texts: Readonly<Record<'title' | 'hint' | 'used' | 'usedHint' | 'submit', string>>
  /** A link was tried that works no more. */
  isTicketRefused: boolean
  menu: ReactNode
  form: SignInForm
  canSubmit: boolean
  /** The fields. */
  children: ReactNode
}

/** For who has no link or a used one. */
export function SignInPage({ texts, isTicketRefused, menu, form, canSubmit, children }: Props) {
  const { t } = useTranslation('ui')
  const { title } = texts
  const onSubmit = (event: FormEvent) => {
    if (canSubmit) void form.submit(event)
    else event.preventDefault()
  }
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className="sign-in">
      <div className="sign-in-menu">{menu}</div>
      <form onSubmit={onSubmit} noValidate>
        <span className="frame-mark" aria-hidden>
          П
        </span>
        <h1>{title}</h1>
        {isTicketRefused ? (
          <div className="sign-in-used" role="alert">
            <strong>{texts.used}</strong>
            <span>{texts.usedHint}</span>
          </div>
        ) : (
          <p className="muted">{texts.hint}</p>
        )}
        {children}
        <ActButton
          type="submit"
          size="sm"
          fullWidth
          loading={form.isBusy}
          whyNot={canSubmit ? undefined : t('fillFirst')}
        >
          {texts.submit}
        </ActButton>
      </form>
    </main>
  )
}
