import { Button, Kbd } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { shown } from '../../../../ui/keys/shown.ts'
import { useCounts, useOpenNext } from '../../../data/chats.ts'

/** To whoever waits longest, if anybody does. */
export function OpenLongest() {
  const { t } = useTranslation('inbox')
  const search = useSearch({ from: '/frame/inbox' })
  const openNext = useOpenNext(search)
  const open = useAct(() => openNext())
  if (!useCounts(search)?.waiting) return null
  return (
    <Button rightSection={<Kbd size="xs">{shown('u')}</Kbd>} onClick={() => void open.run(undefined)}>
      {t('openLongest')}
    </Button>
  )
}
