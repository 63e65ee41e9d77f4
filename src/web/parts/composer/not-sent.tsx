import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { explainError } from '../../ui/feedback/explain-error.ts'
import './composer.css'

type Props = { texts: { title: string; again: string }; error: unknown; onAgain: () => void }

/** What was not sent is told with its reason, and can be sent again. */
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
