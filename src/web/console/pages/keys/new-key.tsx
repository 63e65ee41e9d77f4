import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNameMaxLength, type Scope, scopes } from '#contract'
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
  const { t } = useTranslation(['keys', 'ui'])
  const call = useCall()
  const [name, setName] = useState('')
  const [wanted, setWanted] = useState<string[]>([...ofChats])
  const [token, setToken] = useState<string>()
  const make = useAct(
    () =>
      call('POST /businesses/{businessId}/keys', {
        body: { name: name.trim(), scopes: scopes.filter(scope => wanted.includes(scope)) },
      }),
    made => {
      setToken(made.token)
      onMade()
    },
  )
  const close = () => {
    onClose()
    setName('')
    setWanted([...ofChats])
    setToken(undefined)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void make.run(undefined)
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={token ? t('shownTitle') : t('makeTitle')}
      // A token that is shown once is not lost by a click beside it.
      closeOnClickOutside={!token}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {token ? (
        <ShownOnce token={token} onDone={close} />
      ) : (
        <form className="form" onSubmit={submit}>
          <TextInput
            label={t('makeName')}
            placeholder={t('makeNameExample')}
            maxLength={keyNameMaxLength}
            value={name}
            data-autofocus
            onChange={event => setName(event.currentTarget.value)}
          />
          <Checkbox.Group label={t('makeScopes')} value={wanted} onChange={setWanted}>
            {groups.map(({ title, scopes }) => (
              <Scopes key={title} title={t(title)} scopes={scopes} />
            ))}
            <details className="keys-more">
              <summary className="meta">{t('scopesOther')}</summary>
              <Scopes scopes={others} />
            </details>
          </Checkbox.Group>
          <div className="form-acts">
            <Button variant="default" onClick={close}>
              {t('ui:cancel')}
            </Button>
            <Button type="submit" loading={make.isPending} disabled={name.trim() === '' || wanted.length === 0}>
              {t('makeDo')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
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
