import { Button, type ButtonProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { useCabinetState } from '../data/cabinets.ts'

type Props = ButtonProps & { cabinet: Pick<Cabinet, 'cabinetId' | 'state'> }

/** Stops the work at a cabinet, or lets it go on where it was. A refused key is no pause. */
export function PauseButton({ cabinet, ...look }: Props) {
  const { t } = useTranslation('desk')
  const { set, isBusy } = useCabinetState(cabinet)
  const isPaused = cabinet.state === 'paused'
  if (cabinet.state === 'refused') return null
  return (
    <Button variant="default" {...look} loading={isBusy} onClick={() => set(isPaused ? 'active' : 'paused')}>
      {t(isPaused ? 'resume' : 'pause')}
    </Button>
  )
}
