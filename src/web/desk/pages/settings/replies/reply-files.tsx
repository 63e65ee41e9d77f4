import { Button, FileButton, Input } from '@mantine/core'
import { IconFile, IconPaperclip, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../../ui/format.ts'
import type { EditedFile } from './use-editing.ts'

type Props = {
  files: readonly EditedFile[]
  onAttach: (files: readonly File[]) => void
  onDetach: (fileId: string) => void
}

/** As the server has it, which refuses more. */
export const replyFilesMax = 10

export function ReplyFiles({ files, onAttach, onDetach }: Props) {
  const { t } = useTranslation('replies')
  const format = useFormat()
  const isOver = files.length > replyFilesMax
  return (
    <Input.Wrapper
      labelElement="div"
      label={t('files')}
      description={t('filesHint')}
      error={isOver && t('tooManyFiles', { count: replyFilesMax })}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      {files.length > 0 && (
        <ul className="replies-files">
          {files.map(({ fileId, name, sizeBytes, url, file }) => (
            <li key={fileId}>
              <IconFile size={15} stroke={1.5} aria-hidden />
              {url ? (
                <a className="cut" href={url} target="_blank" rel="noopener">
                  {name}
                </a>
              ) : (
                <span className="cut">{name}</span>
              )}
              <span className="meta">{[format.size(sizeBytes), file && t('unsaved')].filter(Boolean).join(' · ')}</span>
              <button type="button" aria-label={t('detach', { name })} onClick={() => onDetach(fileId)}>
                <IconX size={13} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <FileButton multiple onChange={onAttach}>
        {({ onClick }) => (
          <Button variant="default" mt={8} leftSection={<IconPaperclip size={14} aria-hidden />} onClick={onClick}>
            {t('attach')}
          </Button>
        )}
      </FileButton>
    </Input.Wrapper>
  )
}
