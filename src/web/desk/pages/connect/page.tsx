import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconArrowLeft, IconBuildingStore, IconFlask, IconWorld } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyCheck } from '#desk-protocol'
import { explainError } from '../../../ui/feedback/explain-error.ts'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useCabinetList } from '../../data/cabinets.ts'
import { callDesk } from '../../data/desk-api.ts'
import { Checked } from './checked.tsx'
import { ConnectBox } from './connect-box.tsx'

const kinds = [
  { kind: 'yandex', icon: IconBuildingStore },
  { kind: 'simulator', icon: IconFlask },
  { kind: 'own', icon: IconWorld },
] as const
export type Kind = (typeof kinds)[number]['kind']

const simulatorAddress = 'http://127.0.0.1:8080'

/** The first run, and every further cabinet: which marketplace, the key, what it may, what reading it costs. */
export function ConnectPage() {
  const { t } = useTranslation(['connect', 'inbox'])
  const hasCabinets = useCabinetList().length > 0
  const [kind, setKind] = useState<Kind>()
  return (
    <ConnectBox title={t(hasCabinets ? 'connect:title' : 'connect:first')}>
      {kind === undefined ? (
        <>
          <p className="muted">{t('connect:hint')}</p>
          <Kinds onChoose={setKind} />
          {hasCabinets && (
            <LinkButton variant="subtle" to="/inbox" leftSection={<IconArrowLeft size={14} />}>
              {t('connect:toInbox')}
            </LinkButton>
          )}
        </>
      ) : (
        <KeyStep key={kind} kind={kind} onBack={() => setKind(undefined)} />
      )}
    </ConnectBox>
  )
}

function Kinds({ onChoose }: { onChoose: (kind: Kind) => void }) {
  const { t } = useTranslation('connect')
  return (
    <div className="connect-kinds">
      {kinds.map(({ kind, icon: Icon }) => (
        <button key={kind} type="button" onClick={() => onChoose(kind)}>
          <Icon size={24} stroke={1.5} aria-hidden />
          <b>{t(`kind_${kind}`)}</b>
          <span className="meta">{t(`kindHint_${kind}`)}</span>
        </button>
      ))}
    </div>
  )
}

function KeyStep({ kind, onBack }: { kind: Kind; onBack: () => void }) {
  const [baseUrl, setBaseUrl] = useState(kind === 'simulator' ? simulatorAddress : '')
  const [apiKey, setApiKey] = useState('')
  const [refused, setRefused] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const [check, setCheck] = useState<KeyCheck>()
  const market = { apiKey: apiKey.trim(), ...(kind !== 'yandex' && { baseUrl: baseUrl.trim() }) }
  const connect = useConnect(market)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefused(undefined)
    await callDesk('POST /cabinets/check', { body: market }).then(setCheck, error => setRefused(explainError(error)))
    setBusy(false)
  }
  const fields = { kind, baseUrl, setBaseUrl, apiKey, setApiKey, refused }
  if (check)
    return (
      <Checked
        check={check}
        isBusy={connect.isPending}
        onConnect={business => void connect.run(business)}
        onBack={() => setCheck(undefined)}
      />
    )
  return (
    <form className="form" onSubmit={event => void submit(event)} noValidate>
      <KeyFields {...fields} />
      <Buttons
        isBusy={isBusy}
        canSubmit={apiKey.trim() !== '' && (kind === 'yandex' || baseUrl.trim() !== '')}
        onBack={onBack}
      />
    </form>
  )
}

type FieldsProps = {
  kind: Kind
  baseUrl: string
  setBaseUrl: (text: string) => void
  apiKey: string
  setApiKey: (text: string) => void
  refused: string | undefined
}

function KeyFields({ kind, baseUrl, setBaseUrl, apiKey, setApiKey, refused }: FieldsProps) {
  const { t } = useTranslation('connect')
  return (
    <>
      <p className="muted">{t(`keyHint_${kind}`)}</p>
      {kind !== 'yandex' && (
        <TextInput
          size="sm"
          label={t('address')}
          value={baseUrl}
          onChange={event => setBaseUrl(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t('key')}
        description={t('keySafe')}
        autoComplete="off"
        autoFocus
        error={refused}
        value={apiKey}
        onChange={event => setApiKey(event.currentTarget.value)}
      />
    </>
  )
}

function Buttons({ isBusy, canSubmit, onBack }: { isBusy: boolean; canSubmit: boolean; onBack: () => void }) {
  const { t } = useTranslation('connect')
  return (
    <div className="form-acts">
      <Button size="sm" variant="default" onClick={onBack}>
        {t('back')}
      </Button>
      <Button size="sm" type="submit" loading={isBusy} disabled={!canSubmit}>
        {t('check')}
      </Button>
    </div>
  )
}

type Business = KeyCheck['businesses'][number]

function useConnect(market: { apiKey: string; baseUrl?: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useAct(async ({ businessId, name }: Business) => {
    const { cabinetId } = await callDesk('POST /cabinets', { body: { ...market, businessId, name } })
    await client.invalidateQueries({ queryKey: ['desk', 'GET /cabinets'] })
    await navigate({ to: '/connect/$cabinetId', params: { cabinetId: String(cabinetId) }, replace: true })
  })
}
