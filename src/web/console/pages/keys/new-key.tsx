import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNameMaxLength, type Scope, scopes } from '#contract'
import { Dialog } from '../../../parts/dialog/dialog.tsx'
import { FormInDialog } from '../../../parts/dialog/form-in-dialog.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useCall } from '../../data/business.ts'
import { ShownOnce } from './shown-once.tsx'
import './keys.css'

const ofChats: readonly Scope[] = ['communication']
const ofAll: readonly Scope[] = ['all-methods', 'all-methods:read-only']
const groups = [
  { title: 'scopesChats', scopes: ofChats },
  { title: 'scopesAll', scopes: ofAll },
] as const
const others = scopes.filter(scope => !ofChats.includes(scope) && !ofAll.includes(scope))

type Props = { isOpen: boolean; onClose: () => void; onMade: () => void }

/** Asks what a key is for, makes it, and shows its token this once. */
export function NewKey({ isOpen, onClose, onMade }: Props) {
  const { t } = useTranslation('keys')
  const [token, setToken] = useState<string>()
  const close = () => {
    onClose()
    setToken(undefined)
  }
  const made = (token: string) => {
    setToken(token)
    onMade()
  }
  return (
    <Dialog isOpen={isOpen} title={token ? t('shownTitle') : t('makeTitle')} onClose={close} isKept={!!token}>
      {token ? <ShownOnce token={token} onDone={close} /> : <KeyForm onMade={made} onCancel={close} />}
    </Dialog>
  )
}

function KeyForm({ onMade, onCancel }: { onMade: (token: string) => void; onCancel: () => void }) {
  const { t } = useTranslation('keys')
  const call = useCall()
  const [name, setName] = useState('')
  const [wanted, setWanted] = useState<string[]>([...ofChats])
  const body = { name: name.trim(), scopes: scopes.filter(scope => wanted.includes(scope)) }
  const make = useAct(
    () => call('POST /businesses/{businessId}/keys', { body }),
    ({ token }) => onMade(token),
  )
  return (
    <FormInDialog
      submit={t('makeDo')}
      isBusy={make.isPending}
      whyNot={body.name === '' ? t('whyNoName') : wanted.length === 0 ? t('whyNoScopes') : undefined}
      onSubmit={() => void make.run(undefined)}
      onCancel={onCancel}
    >
      <TextInput
        label={t('makeName')}
        placeholder={t('makeNameExample')}
        maxLength={keyNameMaxLength}
        value={name}
        data-autofocus
        onChange={event => setName(event.currentTarget.value)}
      />
      <ScopeChoice wanted={wanted} onChange={setWanted} />
    </FormInDialog>
  )
}

function ScopeChoice({ wanted, onChange }: { wanted: string[]; onChange: (wanted: string[]) => void }) {
  const { t } = useTranslation('keys')
  return (
    <Checkbox.Group label={t('makeScopes')} value={wanted} onChange={onChange}>
      {groups.map(({ title, scopes }) => (
        <Scopes key={title} title={t(title)} scopes={scopes} />
      ))}
      <details className="keys-more">
        <summary className="meta">{t('scopesOther')}</summary>
        <Scopes scopes={others} />
      </details>
    </Checkbox.Group>
  )
}

function Scopes({ title, scopes }: { title?: string; scopes: readonly Scope[] }) {
  return (
    <fieldset className="keys-scopes">
      {title && <legend className="meta">{title}</legend>}
      {scopes.map(scope => (
        <Checkbox key={scope} value={scope} label={<span className="mono">{scope}</span>} />
      ))}
    </fieldset>
  )
}
