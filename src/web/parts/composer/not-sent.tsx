import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { explainError } from '../../ui/feedback/explain-error.ts'
import './composer.css'

type Props = { texts: { title: string; again: string }; error: unknown; onAgain: () => void }

/** Says that a message was not sent and why, and offers to send it again. */
export function NotSent({ texts, error, onAgain }: Props) {
  return (
    <div className="not-sent" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <strong className="cut">{texts.title}</strong>
        <span>{explainError(error)}</span>
      </div>
      <Button variant="default" onClick={onAgain}>
        {texts.again}
      </Button>
    </div>
  )
}
