import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { Dialog } from '../../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../../parts/dialog/form-in-dialog.tsx'
import { ConfirmButton } from '../../../../ui/form/confirm-button.tsx'
import { ReplyFiles, replyFilesMax } from './reply-files.tsx'
import { ReplyTrouble } from './reply-trouble.tsx'
import { type Edited, useEditing } from './use-editing.ts'

type Props = { cabinetId: string; edited: Edited; onClose: () => void }

export function ReplyDialog({ cabinetId, edited, onClose }: Props) {
  const { t } = useTranslation('replies')
  const editing = useEditing(cabinetId, edited, onClose)
  const { replyId, fields, files, trouble, write } = editing
  const { title, folder, text } = fields
  return (
    <Dialog title={t(replyId ? 'editTitle' : 'newReply')} isKept onClose={onClose}>
      <FormInDialog
        submit={t('save')}
        isBusy={editing.save.isPending}
        canSubmit={title.trim() !== '' && text.trim() !== '' && files.length <= replyFilesMax}
        onSubmit={() => void editing.save.run({})}
        onCancel={onClose}
        acts={
          replyId && (
            <ConfirmButton
              question={t('removeQuestion', { title })}
              yes={t('remove')}
              onYes={() => void editing.remove.run(replyId)}
            >
              {t('remove')}
            </ConfirmButton>
          )
        }
      >
        {trouble && <ReplyTrouble trouble={trouble} editing={editing} />}
        <TextInput
          label={t('title')}
          data-autofocus
          maxLength={200}
          value={title}
          onChange={event => write({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t('folder')}
          maxLength={100}
          value={folder}
          onChange={event => write({ folder: event.currentTarget.value })}
        />
        <Textarea
          label={t('text')}
          description={t('variables')}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={textMaxLength}
          value={text}
          onChange={event => write({ text: event.currentTarget.value })}
        />
        <ReplyFiles files={files} onAttach={editing.attach} onDetach={editing.detach} />
      </FormInDialog>
    </Dialog>
  )
}
