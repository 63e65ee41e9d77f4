import { Button } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { useKeysInForce } from '../../../../ui/keys/bindings.ts'
import { StrokesShown } from '../../../../ui/keys/strokes-shown.tsx'
import { useCounts, useOpenNext } from '../../../data/chats.ts'

/** To whoever waits longest, if anybody does. */
export function OpenLongest() {
  const { t } = useTranslation('inbox')
  const search = useSearch({ from: '/frame/inbox' })
  const openNext = useOpenNext(search)
  const keys = useKeysInForce('u')
  const open = useAct(() => openNext())
  if (!useCounts(search)?.waiting) return null
  return (
    <Button rightSection={<StrokesShown keys={keys} />} onClick={() => void open.run(undefined)}>
      {t('openLongest')}
    </Button>
  )
}
