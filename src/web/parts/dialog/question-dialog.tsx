import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'

type Props = { title: string; question: string; isBusy: boolean; onYes: () => void; onClose: () => void }

/** Asks for confirmation of an act that cannot be undone. */
export function QuestionDialog({ title, question, isBusy, onYes, onClose }: Props) {
  const { t } = useTranslation('ui')
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        <p>{question}</p>
        <div className="form-acts">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button color="overdue" loading={isBusy} onClick={onYes}>
            {title}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
