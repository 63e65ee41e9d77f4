import { Button } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './empty-state.tsx'

/** Shown in place of a page that threw; the frame stays. */
export function BrokenPage() {
  const { t } = useTranslation('ui')
  return (
    <EmptyState icon={IconMoodSad} title={t('pageBroken')} hint={t('pageBrokenHint')}>
      <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
    </EmptyState>
  )
}
