import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  /** The word on the button that submits. */
  submit: string
  isBusy: boolean
  canSubmit?: boolean
  /** Why it cannot be submitted yet; without it, it can. */
  whyNot?: string | undefined
  onSubmit: () => void
  onCancel: () => void
  /** Further buttons before Cancel and Submit. */
  acts?: ReactNode
  children: ReactNode
}

/** Fields, and below them the buttons. The page validates the fields and shows its own messages. */
export function FormInDialog({ submit, isBusy, canSubmit = true, whyNot, onSubmit, onCancel, acts, children }: Props) {
  const { t } = useTranslation('ui')
  const whyNotId = useId()
  const onFormSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form className="form" onSubmit={onFormSubmit} noValidate>
      {children}
      <div className="form-acts">
        {whyNot && (
          <span className="form-why meta" id={whyNotId}>
            {whyNot}
          </span>
        )}
        {acts}
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button
          type="submit"
          loading={isBusy}
          disabled={!canSubmit || whyNot !== undefined}
          aria-describedby={whyNot && whyNotId}
        >
          {submit}
        </Button>
      </div>
    </form>
  )
}
