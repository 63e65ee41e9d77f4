import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconFile, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../../ui/format.ts'
import type { ChosenFile, Files } from './use-files.ts'

/** The files of the answer: one that could not be had says so, and is fetched again or removed. */
export function FileChips({ files: { files, remove, fetchAgain } }: { files: Files }) {
  const { t } = useTranslation('writing')
  if (files.length === 0) return null
  return (
    <ul className="composer-files">
      {files.map(chosen => (
        <li key={chosen.answerId} data-state={chosen.state}>
          <Sign state={chosen.state} />
          <span className="cut" title={chosen.name}>
            {chosen.name}
          </span>
          <Facts chosen={chosen} onAgain={() => void fetchAgain(chosen)} />
          <button
            type="button"
            className="composer-detach"
            aria-label={t('detach', { name: chosen.name })}
            onClick={() => remove(chosen.answerId)}
          >
            <IconX size={13} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Sign({ state }: Pick<ChosenFile, 'state'>) {
  if (state === 'coming') return <Loader size={13} aria-hidden />
  const Icon = state === 'lost' ? IconAlertTriangle : IconFile
  return <Icon size={15} stroke={1.5} aria-hidden />
}

function Facts({ chosen: { state, size }, onAgain }: { chosen: ChosenFile; onAgain: () => void }) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  if (state !== 'lost')
    return <span className="meta num">{state === 'coming' ? t('fileComing') : format.size(size)}</span>
  return (
    <>
      <span role="alert">{t('fileLost')}</span>
      <button type="button" className="composer-again" onClick={onAgain}>
        {t('fileAgain')}
      </button>
    </>
  )
}
