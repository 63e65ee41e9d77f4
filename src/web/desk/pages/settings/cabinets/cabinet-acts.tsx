import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { toastDone } from '../../../../ui/feedback/toast.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../../ui/form/confirm-button.tsx'
import { PauseButton } from '../../../cabinet/pause-button.tsx'
import { ScopeList } from '../../../cabinet/scope-list.tsx'
import { type BodyOf, callDesk } from '../../../data/desk-api.ts'

const path = '/cabinets/{cabinetId}'

/** Its name, its key, a pause, and parting with it. For owners. */
export function CabinetActs({ cabinet }: { cabinet: Cabinet }) {
  const { t } = useTranslation('settings')
  const { update, remove } = useCabinetActs(cabinet)
  return (
    <section className="card" aria-label={t('cabinetActs')}>
      <h2>{t('cabinetActs')}</h2>
      <OneField label={t('cabinetName')} first={cabinet.name} onSave={name => update.run({ name })} />
      <OneField label={t('newKey')} isSecret onSave={apiKey => update.run({ apiKey })} />
      <p className="meta">{t('keyNow', { name: cabinet.keyName })}</p>
      <ScopeList scopes={cabinet.scopes} />
      <div className="card-acts">
        <PauseButton cabinet={cabinet} />
        <ConfirmButton
          question={t('removeQuestion', { name: cabinet.name })}
          yes={t('remove')}
          isBusy={remove.isPending}
          onYes={() => void remove.run(undefined)}
        >
          {t('remove')}
        </ConfirmButton>
      </div>
    </section>
  )
}

function useCabinetActs({ cabinetId }: Cabinet) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const navigate = useNavigate()
  const refresh = () => client.invalidateQueries({ queryKey: ['desk', 'GET /cabinets'] })
  const params = { cabinetId }
  const update = useAct(
    (body: BodyOf<'PATCH /cabinets/{cabinetId}'>) => callDesk(`PATCH ${path}`, { params, body }),
    () => {
      toastDone(t('saved'))
      void refresh()
    },
  )
  const remove = useAct(async () => {
    await callDesk(`DELETE ${path}`, { params })
    await refresh()
    await navigate({ to: '/settings/cabinets' })
  })
  return { update, remove }
}

type FieldProps = { label: string; first?: string; isSecret?: boolean; onSave: (text: string) => Promise<unknown> }

function OneField({ label, first = '', isSecret = false, onSave }: FieldProps) {
  const { t } = useTranslation('settings')
  const [text, setText] = useState(first)
  const Field = isSecret ? PasswordInput : TextInput
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isSaved = (await onSave(text.trim())) !== undefined
    if (isSecret && isSaved) setText('')
  }
  return (
    <form className="row" onSubmit={event => void submit(event)}>
      <Field
        style={{ flex: '1 1 240px' }}
        size="xs"
        label={label}
        autoComplete="off"
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        style={{ alignSelf: 'flex-end' }}
        disabled={text.trim() === '' || text === first}
      >
        {t('save')}
      </Button>
    </form>
  )
}
