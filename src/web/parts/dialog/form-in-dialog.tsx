import { Button } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActButton } from '../../ui/form/act-button.tsx'

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
  const refusal = whyNot ?? (canSubmit ? undefined : t('fillFirst'))
  const onFormSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (refusal === undefined) onSubmit()
  }
  return (
    <form className="form" onSubmit={onFormSubmit} noValidate>
      {children}
      <div className="form-acts">
        {whyNot && <span className="form-why meta">{whyNot}</span>}
        {acts}
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <ActButton type="submit" loading={isBusy} whyNot={refusal}>
          {submit}
        </ActButton>
      </div>
    </form>
  )
}
