import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Read } from '../../../ui/feedback/read.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../ui/form/confirm-button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useLab } from '../../data/lab.ts'
import { callLab, type LabAnswerOf } from '../../data/market.ts'
import { Section } from './section.tsx'

type Snapshot = LabAnswerOf<'GET /snapshots'>['snapshots'][number]

/** Saved states of the whole market, which can be restored. */
export function Snapshots() {
  const { t } = useTranslation('lab')
  const snapshots = useLab('GET /snapshots')
  return (
    <Section id="snapshots" title={t('snapshots')}>
      <Take />
      <Read query={snapshots}>
        {({ snapshots }) =>
          snapshots.length === 0 ? (
            <p className="muted lab-none">{t('snapshotsEmpty')}</p>
          ) : (
            <ul className="lab-list">
              {snapshots.map(snapshot => (
                <SnapshotRow key={snapshot.name} snapshot={snapshot} />
              ))}
            </ul>
          )
        }
      </Read>
    </Section>
  )
}

// As the lab has it.
const namePattern = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]{0,39}[\p{L}\p{M}\p{N}])?$/u

function Take() {
  const { t } = useTranslation('lab')
  const [name, setName] = useState('')
  const isFit = namePattern.test(name.trim())
  const take = useAct(
    (name: string) => callLab('POST /snapshots/{name}', { params: { name } }),
    ({ snapshot }) => {
      toastDone(t('taken', { name: snapshot.name }))
      setName('')
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isFit) void take.run(name.trim())
  }
  return (
    <form className="snapshot-take" onSubmit={submit}>
      <TextInput
        aria-label={t('snapshotName')}
        placeholder={t('snapshotExample')}
        error={name.trim() !== '' && !isFit && t('snapshotWrong')}
        maxLength={41}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={take.isPending}
        disabled={!isFit}
        title={isFit ? undefined : t('snapshotWhyNot')}
      >
        {t('take')}
      </Button>
    </form>
  )
}

function SnapshotRow({ snapshot: { name, clock, rows } }: { snapshot: Snapshot }) {
  const { t } = useTranslation('lab')
  const format = useFormat()
  const { restore, remove } = useSnapshotActs(name)
  return (
    <li className="snapshot">
      <div className="lab-list-text">
        <strong>{name}</strong>
        <span className="meta num">
          {format.dateTime(new Date(clock))} · {t('rows', { count: Number(rows) })}
        </span>
      </div>
      <ConfirmButton
        variant="default"
        color="gray"
        question={t('restoreQuestion', { name })}
        yes={t('restore')}
        isBusy={restore.isPending}
        onYes={() => restore.run(undefined)}
      >
        {t('restore')}
      </ConfirmButton>
      <ConfirmButton
        question={t('deleteQuestion', { name })}
        yes={t('deleteSnapshot')}
        isBusy={remove.isPending}
        onYes={() => remove.run(undefined)}
      >
        {t('deleteSnapshot')}
      </ConfirmButton>
    </li>
  )
}

function useSnapshotActs(name: string) {
  const { t } = useTranslation('lab')
  const client = useQueryClient()
  const restore = useAct(
    () => callLab('POST /snapshots/{name}/restore', { params: { name } }),
    () => {
      toastDone(t('restored', { name }))
      void client.invalidateQueries()
    },
  )
  const remove = useAct(() => callLab('DELETE /snapshots/{name}', { params: { name } }))
  return { restore, remove }
}
