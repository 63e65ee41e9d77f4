import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CannedReply, ReplyFile } from '#desk-protocol'
import { ProblemError } from '../../../../ui/feedback/problem.ts'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { callDesk } from '../../../data/desk-api.ts'
import { newId } from '../../../data/new-id.ts'
import { isSendable } from '../../../files/is-sendable.ts'

export type Edited = Partial<CannedReply>
export type EditedFile = Pick<ReplyFile, 'fileId' | 'name' | 'sizeBytes'> & { url?: string; file?: File }
type Fields = Pick<CannedReply, 'title' | 'folder' | 'text'>
export type Trouble = { kind: 'changed'; theirs: CannedReply } | { kind: 'deleted' } | { kind: 'file'; name: string }

/** Writing a reply. Its files are sent when it is saved; what was saved before something failed is not sent again. */
export function useEditing(cabinetId: string, edited: Edited, onClose: () => void) {
  const client = useQueryClient()
  const [kept, setKept] = useState(edited)
  const [fields, setFields] = useState<Fields>(fieldsOf(edited))
  const [files, setFiles] = useState<readonly EditedFile[]>(edited.files ?? [])
  const [trouble, setTrouble] = useState<Trouble>()
  const refresh = () => client.invalidateQueries({ queryKey: ['desk', 'GET /replies'] })
  const save = useAct(async ({ isOverwriting }: { isOverwriting?: boolean }) => {
    setTrouble(undefined)
    const { replyId } = kept
    try {
      const version = isOverwriting ? undefined : kept.version
      const saved = await saveFields({ cabinetId, fields, replyId, version })
      setKept(saved)
      await removeFiles(saved, without(kept.files ?? [], files))
      await addFiles(saved, without(files, saved.files), setFiles)
      onClose()
    } catch (error) {
      const met = await troubleOf(error, { cabinetId, replyId })
      setTrouble(met)
      if (met.kind !== 'deleted') return
      setKept({})
      setFiles(before => before.filter(({ file }) => file))
    } finally {
      void refresh()
    }
  })
  const remove = useAct(async (replyId: string) => {
    await callDesk('DELETE /replies/{replyId}', { params: { replyId }, query: { cabinetId } }).catch(unlessGone)
    void refresh()
    onClose()
  })
  return {
    ...{ fields, files, trouble, save, remove },
    replyId: kept.replyId,
    write: (changed: Partial<Fields>) => setFields(before => ({ ...before, ...changed })),
    attach: (chosen: readonly File[]) => {
      const added = chosen
        .filter(isSendable)
        .map(file => ({ fileId: newId(), name: file.name, sizeBytes: file.size, file }))
      setFiles(before => [...before, ...added])
    },
    detach: (fileId: string) => setFiles(before => before.filter(one => one.fileId !== fileId)),
    takeTheirs: (theirs: CannedReply) => {
      setKept(theirs)
      setFields(fieldsOf(theirs))
      setFiles([...theirs.files, ...files.filter(({ file }) => file)])
      setTrouble(undefined)
    },
  }
}

const fieldsOf = ({ title = '', folder = '', text = '' }: Edited): Fields => ({ title, folder, text })

type Saved = { cabinetId: string; fields: Fields; replyId: string | undefined; version: number | undefined }

function saveFields({ cabinetId, fields, replyId, version }: Saved): Promise<CannedReply> {
  const body = { cabinetId: BigInt(cabinetId), ...fields }
  if (replyId === undefined) return callDesk('POST /replies', { body })
  const params = { replyId }
  return callDesk('PUT /replies/{replyId}', { params, body: version === undefined ? body : { ...body, version } })
}

class FileFailed extends Error {
  override name = 'FileFailed'
}

type SetFiles = (change: (before: readonly EditedFile[]) => readonly EditedFile[]) => void
type WithId = { fileId: string }

/** Those of some that others are not. */
function without<File extends WithId>(some: readonly File[], others: readonly WithId[]): File[] {
  return some.filter(({ fileId }) => !others.some(other => other.fileId === fileId))
}

/** What was taken out here; what somebody else has added meanwhile stays. */
async function removeFiles({ cabinetId, replyId }: CannedReply, removed: readonly WithId[]): Promise<void> {
  for (const { fileId } of removed) {
    const call = { params: { replyId, fileId }, query: { cabinetId } }
    await callDesk('DELETE /replies/{replyId}/files/{fileId}', call).catch(unlessGone)
  }
}

/** Each one that was sent is not sent again. */
async function addFiles(of: CannedReply, added: readonly EditedFile[], setFiles: SetFiles): Promise<void> {
  const { cabinetId, replyId } = of
  for (const { fileId, name, sizeBytes, file } of added) {
    if (!file) continue
    const body = new FormData()
    body.set('file', file)
    const call = { params: { replyId, fileId }, query: { cabinetId }, body }
    await callDesk('PUT /replies/{replyId}/files/{fileId}', call).catch(error => {
      throw new FileFailed(name, { cause: error })
    })
    setFiles(before => before.map(one => (one.fileId === fileId ? { fileId, name, sizeBytes } : one)))
  }
}

/** Somebody else has removed it already: all is well. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ProblemError) || error.status !== 404) throw error
}

/** What a person decides about; anything else is thrown, and said by whoever asked. */
async function troubleOf(
  error: unknown,
  { cabinetId, replyId }: { cabinetId: string; replyId: string | undefined },
): Promise<Trouble> {
  if (error instanceof FileFailed) return { kind: 'file', name: error.message }
  if (!(error instanceof ProblemError) || ![404, 409].includes(error.status)) throw error
  const { replies } = await callDesk('GET /replies', { query: { cabinetId } })
  const theirs = replies.find(reply => reply.replyId === replyId)
  return theirs ? { kind: 'changed', theirs } : { kind: 'deleted' }
}
