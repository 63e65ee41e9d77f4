import { FileButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { toastError } from '../../ui/feedback/toast.tsx'

type Props = {
  maxBytes: number
  /** Shown if the file is larger. */
  tooLarge: string
  onChosen: (form: FormData, fileName: string) => void
  /** The button that opens the choice. */
  children: (open: () => void) => ReactNode
}

/** Chooses a file. Its size is checked before it is sent. */
export function FilePicker({ maxBytes, tooLarge, onChosen, children }: Props) {
  const choose = (file: File | null) => {
    if (!file) return
    if (file.size > maxBytes) return toastError(new Error(tooLarge))
    const form = new FormData()
    form.set('file', file)
    onChosen(form, file.name)
  }
  return <FileButton onChange={choose}>{({ onClick }) => children(onClick)}</FileButton>
}
