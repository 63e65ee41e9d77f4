import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from './dialog.tsx'
import { FormInDialog } from './form-in-dialog.tsx'

type Props = {
  texts: { title: string; reason: string; reasonNote: string; submit: string }
  maxLength: number
  isOpen: boolean
  isBusy: boolean
  onClose: () => void
  /** Resolves to true if the dispute was opened; the typed reason is then cleared. */
  onSubmit: (reason: string) => Promise<boolean>
}

/** Asks for the reason of a dispute. */
export function DisputeDialog({ texts, maxLength, isOpen, isBusy, onClose, onSubmit }: Props) {
  const [reason, setReason] = useState('')
  const typed = reason.trim()
  const submit = async () => {
    if (typed === '' || !(await onSubmit(typed))) return
    setReason('')
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} title={texts.title} onClose={onClose}>
      <FormInDialog
        submit={texts.submit}
        isBusy={isBusy}
        canSubmit={typed !== ''}
        onSubmit={() => void submit()}
        onCancel={onClose}
      >
        <Textarea
          label={texts.reason}
          description={texts.reasonNote}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={maxLength}
          data-autofocus
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
      </FormInDialog>
    </Dialog>
  )
}
