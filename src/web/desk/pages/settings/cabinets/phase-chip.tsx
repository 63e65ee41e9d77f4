import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { StatusChip, type Tone } from '../../../../ui/feedback/status-chip.tsx'

type Phase = Cabinet['freshness']['phase']

const tones: Record<Phase, Tone> = {
  live: 'done',
  listing: 'ours',
  reading: 'ours',
  paused: 'plain',
  refused: 'overdue',
  away: 'overdue',
}

export function PhaseChip({ phase }: { phase: Phase }) {
  const { t } = useTranslation('settings')
  return <StatusChip tone={tones[phase]} text={t(`phase_${phase}`)} />
}
