import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { headers, operations } from '#contract'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { useBusinessId } from '../../data/business.ts'

/** The token of a new key, and a call to try it with. */
export function ShownOnce({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation('keys')
  const path = operations.getChats.path.replace('{businessId}', useBusinessId())
  const line = `curl -s -X ${operations.getChats.verb} -H '${headers.apiKey}: ${token}' -H 'content-type: application/json' -d '{}' '${window.location.origin}${path}'`
  return (
    <div className="form">
      <p>{t('shownHint')}</p>
      <CodeValue text={token} isWhole />
      <span className="meta">{t('shownUse')}</span>
      <CodeValue text={line} isWhole />
      <div className="form-acts">
        <Button onClick={onDone}>{t('shownDone')}</Button>
      </div>
    </div>
  )
}
