import { IconFile, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../../ui/format.ts'
import type { ChosenFile } from './use-files.ts'

type Props = { files: readonly ChosenFile[]; onRemove: (answerId: string) => void }

export function FileChips({ files, onRemove }: Props) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  if (files.length === 0) return null
  return (
    <ul className="composer-files">
      {files.map(({ answerId, file: { name, size } }) => (
        <li key={answerId}>
          <IconFile size={15} stroke={1.5} aria-hidden />
          <span className="cut">{name}</span>
          <span className="meta">{format.size(size)}</span>
          <button type="button" aria-label={t('detach', { name })} onClick={() => onRemove(answerId)}>
            <IconX size={13} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
