import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { useFormat } from '../../../ui/format.ts'

export type Shown = { name: string; secret: string; previousValidUntil?: string | undefined }

/** A secret, this once: it is not lost by a click beside it. */
export function SecretShown({ shown, onClose }: { shown: Shown; onClose: () => void }) {
  const { t } = useTranslation(['notifications', 'ui'])
  const format = useFormat()
  const { name, secret, previousValidUntil } = shown
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('secretTitle', { name })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className="form">
        <p>{t('secretHint')}</p>
        <CodeValue text={secret} isWhole />
        <p className="meta">{t('secretUse')}</p>
        {previousValidUntil && (
          <p className="meta">{t('secretBoth', { date: format.dateTime(new Date(previousValidUntil)) })}</p>
        )}
        <div className="form-acts">
          <Button onClick={onClose}>{t('secretDone')}</Button>
        </div>
      </div>
    </Modal>
  )
}
