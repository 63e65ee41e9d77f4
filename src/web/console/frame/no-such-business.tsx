import { IconBuildingStore } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { LinkButton } from '../../ui/form/link-button.tsx'
import { useBusinesses } from '../data/businesses.ts'

const maxOffered = 5

export function NoSuchBusiness({ businessId: id }: { businessId: string }) {
  const { t } = useTranslation('frame')
  const { data: businesses = [] } = useBusinesses()
  return (
    <main className="alone">
      <EmptyState icon={IconBuildingStore} title={t('noBusiness')} hint={t('noBusinessHint', { id })}>
        {businesses.slice(0, maxOffered).map(({ businessId, name }) => (
          <LinkButton
            key={String(businessId)}
            variant="default"
            to="/$businessId/overview"
            params={{ businessId: String(businessId) }}
          >
            {name}
          </LinkButton>
        ))}
      </EmptyState>
    </main>
  )
}
