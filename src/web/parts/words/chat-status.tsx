import { IconBuildingStore, IconCheck, IconGavel, IconMessage, IconSparkles, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type ChatStatus, type Inside, inside } from '#contract'
import { StatusChip, type Tone } from '../../ui/feedback/status-chip.tsx'

const looks: Record<Inside<ChatStatus>, { tone: Tone; icon: typeof IconCheck }> = {
  new: { tone: 'plain', icon: IconSparkles },
  waiting_for_customer: { tone: 'plain', icon: IconUser },
  waiting_for_partner: { tone: 'ours', icon: IconBuildingStore },
  waiting_for_arbiter: { tone: 'dispute', icon: IconGavel },
  waiting_for_market: { tone: 'near', icon: IconMessage },
  finished: { tone: 'done', icon: IconCheck },
}

/** Whose move it is in a chat. */
export function ChatStatusChip({ status }: { status: ChatStatus }) {
  const { t } = useTranslation('words')
  const word = inside(status)
  return <StatusChip {...looks[word]} text={t(`status_${word}`)} />
}
