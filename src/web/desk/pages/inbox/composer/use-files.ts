import { type DragEvent, useState } from 'react'
import type { ReplyFile } from '#desk-protocol'
import { newId } from '../../../data/new-id.ts'
import { isSendable } from '../../../files/is-sendable.ts'

/** Its id is the answer's id, so that trying again sends it once. One of a canned reply is fetched first. */
export type ChosenFile = { answerId: string; name: string; size: number } & (
  | { state: 'here'; file: File; fileId?: string }
  | { state: 'coming' | 'lost'; fileId: string; url: string }
)

/** Files that are chosen, dropped or pasted, or come with a canned reply; what is too large is refused before anything is sent. */
export function useFiles() {
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const [isDropping, setDropping] = useState(false)
  const add = (chosen: readonly File[]) => {
    const taken = chosen.filter(isSendable)
    setFiles(before => [...before, ...taken.map(file => hereOf(newId(), file))])
  }
  const settle = (settled: ChosenFile) =>
    setFiles(before => before.map(one => (one.answerId === settled.answerId ? settled : one)))
  const fetchAgain = async (lost: ChosenFile) => {
    if (lost.state === 'here') return
    settle({ ...lost, state: 'coming' })
    const file = await fetchFile(lost.url, lost.name)
    settle(file ? { ...hereOf(lost.answerId, file), fileId: lost.fileId } : { ...lost, state: 'lost' })
  }
  const addKept = (kept: readonly ReplyFile[]) => {
    const coming = kept
      .filter(({ fileId }) => !files.some(one => one.fileId === fileId))
      .map(({ fileId, name, sizeBytes, url }) => ({
        ...{ answerId: newId(), name, size: sizeBytes, state: 'coming' as const, fileId, url },
      }))
    setFiles(before => [...before, ...coming])
    for (const one of coming) void fetchAgain(one)
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
  return { files, add, addKept, fetchAgain, remove, isDropping, dropProps }
}

export type Files = ReturnType<typeof useFiles>

function hereOf(answerId: string, file: File): ChosenFile & { state: 'here' } {
  return { answerId, name: file.name, size: file.size, state: 'here', file }
}

/** Undefined if it cannot be had: its reply was deleted, its bytes are lost, or nobody answers. */
async function fetchFile(url: string, name: string): Promise<File | undefined> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin' })
    return answer.ok ? new File([await answer.blob()], name) : undefined
  } catch {
    return undefined // the chip says so, and it can be tried again
  }
}
