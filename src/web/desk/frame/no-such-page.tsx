import { IconMap2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { LinkButton } from '../../ui/form/link-button.tsx'

export function NoSuchPage() {
  const { t } = useTranslation('desk')
  return (
    <EmptyState icon={IconMap2} title={t('noPage')} hint={t('noPageHint')}>
      <LinkButton to="/inbox">{t('noPageGo')}</LinkButton>
    </EmptyState>
  )
}
