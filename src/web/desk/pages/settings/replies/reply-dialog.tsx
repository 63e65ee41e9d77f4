import { Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CannedReply } from '#desk-protocol'
import { Dialog } from '../../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../../parts/dialog/form-in-dialog.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../../ui/form/confirm-button.tsx'
import { callDesk } from '../../../data/desk-api.ts'

export type Edited = Partial<Pick<CannedReply, 'replyId' | 'folder' | 'title' | 'text'>>

type Props = { cabinetId: string; edited: Edited; onClose: () => void }

export function ReplyDialog({ cabinetId, edited, onClose }: Props) {
  const { t } = useTranslation('settings')
  const { replyId } = edited
  const [title, setTitle] = useState(edited.title ?? '')
  const [folder, setFolder] = useState(edited.folder ?? '')
  const [text, setText] = useState(edited.text ?? '')
  const acts = useReplyActs(cabinetId, replyId, onClose)
  return (
    <Dialog title={t(replyId ? 'editTitle' : 'newReply')} onClose={onClose}>
      <FormInDialog
        submit={t('save')}
        isBusy={acts.save.isPending}
        canSubmit={title.trim() !== '' && text.trim() !== ''}
        onSubmit={() => void acts.save.run({ title: title.trim(), folder: folder.trim(), text })}
        onCancel={onClose}
        acts={
          replyId && (
            <ConfirmButton
              question={t('deleteReplyQuestion', { title })}
              yes={t('deleteReply')}
              onYes={() => void acts.remove.run(undefined)}
            >
              {t('deleteReply')}
            </ConfirmButton>
          )
        }
      >
        <TextInput
          label={t('replyTitle')}
          data-autofocus
          maxLength={200}
          value={title}
          onChange={event => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label={t('replyFolder')}
          maxLength={100}
          value={folder}
          onChange={event => setFolder(event.currentTarget.value)}
        />
        <Textarea
          label={t('replyText')}
          description={t('replyVariables')}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={4096}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
      </FormInDialog>
    </Dialog>
  )
}

type Fields = { title: string; folder: string; text: string }

function useReplyActs(cabinetId: string, replyId: string | undefined, onDone: () => void) {
  const client = useQueryClient()
  const done = () => {
    void client.invalidateQueries({ queryKey: ['desk', 'GET /replies'] })
    onDone()
  }
  const save = useAct((fields: Fields) => {
    const body = { cabinetId: BigInt(cabinetId), ...fields }
    return replyId === undefined
      ? callDesk('POST /replies', { body })
      : callDesk('PUT /replies/{replyId}', { params: { replyId }, body })
  }, done)
  const remove = useAct(async () => {
    if (replyId !== undefined)
      await callDesk('DELETE /replies/{replyId}', { params: { replyId }, query: { cabinetId } })
  }, done)
  return { save, remove }
}
