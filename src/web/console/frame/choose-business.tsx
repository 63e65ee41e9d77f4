import { Button, TextInput } from '@mantine/core'
import { IconBuildingStore } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Read } from '../../ui/feedback/read.tsx'
import { useAct } from '../../ui/feedback/use-act.ts'
import { useBusinesses } from '../data/businesses.ts'
import { callAdmin } from '../data/market.ts'

/** The first business, or creating one. */
export function ChooseBusiness() {
  const businesses = useBusinesses()
  return (
    <Read query={businesses}>
      {([first]) =>
        first ? (
          <Navigate to="/$businessId/overview" params={{ businessId: String(first.businessId) }} replace />
        ) : (
          <FirstBusiness />
        )
      }
    </Read>
  )
}

function FirstBusiness() {
  const { t } = useTranslation('frame')
  const client = useQueryClient()
  const [name, setName] = useState('')
  const make = useAct(
    () => callAdmin('POST /businesses', { body: { name } }),
    () => void client.invalidateQueries({ queryKey: ['businesses'] }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void make.run(undefined)
  }
  return (
    <main className="alone">
      <EmptyState icon={IconBuildingStore} title={t('noBusinesses')} hint={t('noBusinessesHint')}>
        <form className="row" onSubmit={submit}>
          <TextInput
            aria-label={t('newBusinessName')}
            placeholder={t('newBusinessName')}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
            {t('newBusiness')}
          </Button>
        </form>
      </EmptyState>
    </main>
  )
}
