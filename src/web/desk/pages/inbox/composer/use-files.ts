import i18next from 'i18next'
import { type DragEvent, useState } from 'react'
import { fileMaxBytes } from '#contract'
import { toastError } from '../../../../ui/feedback/toast.tsx'
import { newId } from './new-id.ts'

/** A file that goes with the answer. Its id is the answer's id, so that trying again sends it once. */
export type ChosenFile = { answerId: string; file: File }

/** Files that are chosen, dropped or pasted; what is too large is refused before anything is sent. */
export function useFiles() {
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const [isDropping, setDropping] = useState(false)
  const add = (chosen: readonly File[]) => {
    const taken = chosen.filter(isTaken)
    setFiles(before => [...before, ...taken.map(file => ({ answerId: newId(), file }))])
  }
  const remove = (answerId: string) => setFiles(before => before.filter(one => one.answerId !== answerId))
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')
  const dropProps = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setDropping(true)
    },
    onDragLeave: () => setDropping(false),
    onDrop: (event: DragEvent) => {
      setDropping(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      add([...event.dataTransfer.files])
    },
  }
  return { files, add, remove, isDropping, dropProps }
}

export type Files = ReturnType<typeof useFiles>

function isTaken({ name, size }: File): boolean {
  const why = size > fileMaxBytes ? 'tooLarge' : size === 0 ? 'emptyFile' : undefined
  if (why) toastError(new Error(i18next.t(`writing:${why}`, { name })))
  return why === undefined
}
