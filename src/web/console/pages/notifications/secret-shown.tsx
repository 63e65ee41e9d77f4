import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { useFormat } from '../../../ui/format.ts'

export type Shown = { name: string; secret: string; previousValidUntil?: string | undefined }

/** Shows a secret, only this once. */
export function SecretShown({ shown, onClose }: { shown: Shown; onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const { name, secret, previousValidUntil } = shown
  return (
    <Dialog title={t('secretTitle', { name })} onClose={onClose} isKept>
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
    </Dialog>
  )
}
