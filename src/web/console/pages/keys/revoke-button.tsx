import { useTranslation } from 'react-i18next'
import { ConfirmButton } from '../../../ui/form/confirm-button.tsx'
import type { RevokeAct } from './revoking.ts'

type Props<Given> = {
  act: RevokeAct<Given>
  given: Given
  text: string
  question: string
  isDisabled?: boolean
}

/** Revokes what is given to the act, after a question. */
export function RevokeButton<Given>({ act, given, text, question, isDisabled = false }: Props<Given>) {
  const { t } = useTranslation('keys')
  return (
    <ConfirmButton
      variant="default"
      question={question}
      yes={t('revoke')}
      isBusy={act.isPending}
      disabled={isDisabled}
      onYes={() => act.run(given)}
    >
      {text}
    </ConfirmButton>
  )
}
