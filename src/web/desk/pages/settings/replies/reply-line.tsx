import { Button, Checkbox } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CannedReply } from '#desk-protocol'
import type { Selection } from './use-selection.ts'

type Props = {
  reply: CannedReply
  isSearch: boolean
  selection: Selection | undefined
  onEdit: (() => void) | undefined
}

export function ReplyLine({ reply, isSearch, selection, onEdit }: Props) {
  const { t } = useTranslation(['replies', 'writing'])
  const { title, text, folder, files, uses } = reply
  return (
    <div className="replies-line">
      {selection && (
        <Checkbox
          size="xs"
          aria-label={t('select', { title })}
          checked={selection.has(reply)}
          onChange={event => selection.set([reply], event.currentTarget.checked)}
        />
      )}
      <div>
        <strong>{title}</strong>
        <span className="muted replies-text">{text}</span>
        <span className="meta replies-facts">
          {isSearch && folder && <span>{folder}</span>}
          {uses > 0 && <span>{t('writing:uses', { count: uses })}</span>}
          {files.length > 0 && (
            <span title={files.map(({ name }) => name).join('\n')}>
              <IconPaperclip size={13} aria-hidden /> {t('files', { count: files.length })}
            </span>
          )}
        </span>
      </div>
      {onEdit && (
        <Button variant="default" aria-label={t('editReply', { title })} onClick={onEdit}>
          {t('edit')}
        </Button>
      )}
    </div>
  )
}
