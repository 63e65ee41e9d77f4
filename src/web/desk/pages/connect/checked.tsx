import { Button, Radio } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyCheck } from '#desk-protocol'
import { useFormat } from '../../../ui/format.ts'
import { ScopeList } from '../../cabinet/scope-list.tsx'

type Business = KeyCheck['businesses'][number]
type Props = { check: KeyCheck; isBusy: boolean; onConnect: (business: Business) => void; onBack: () => void }

/** What the key opens and may, and what the first mirror costs, before anything is kept. */
export function Checked({ check, isBusy, onConnect, onBack }: Props) {
  const { t } = useTranslation('connect')
  const [at, setAt] = useState(0)
  const business = check.businesses[at]
  return (
    <div className="form">
      <Scopes check={check} />
      <Radio.Group label={t('business')} value={String(at)} onChange={value => setAt(Number(value))}>
        {check.businesses.map(({ businessId, name, campaigns }, index) => (
          <Radio
            key={String(businessId)}
            mt={8}
            value={String(index)}
            label={name}
            description={campaigns.map(campaign => campaign.name).join(', ')}
          />
        ))}
      </Radio.Group>
      <Cost check={check} />
      <div className="form-acts">
        <Button size="sm" variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button
          size="sm"
          data-autofocus
          loading={isBusy}
          disabled={!business}
          onClick={() => business && onConnect(business)}
        >
          {t('connect')}
        </Button>
      </div>
    </div>
  )
}

function Scopes({ check: { keyName, scopes, missing, canWrite } }: { check: KeyCheck }) {
  const { t } = useTranslation('connect')
  return (
    <div className="connect-facts">
      <p>
        <b>{t('keyWorks', { name: keyName })}</b>
      </p>
      <ScopeList scopes={scopes} missing={missing} />
      {!canWrite && (
        <p className="connect-lack">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{t('readOnly')}</span>
        </p>
      )}
    </div>
  )
}

function Cost({ check: { chats, firstMirror } }: { check: KeyCheck }) {
  const { t } = useTranslation('connect')
  const format = useFormat()
  return (
    <p className="connect-cost">
      {chats !== undefined && `${t('chats', { count: chats })} `}
      {firstMirror &&
        `${t('cost', { calls: format.number(firstMirror.calls) })} ${t('minutes', { count: firstMirror.minutes })} `}
      {t('costNote')}
    </p>
  )
}
