import { ActionIcon } from '@mantine/core'
import { IconCheck, IconClock, IconMessageDots, IconPlayerStop } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { useNow } from '../../../ui/clock/clock.ts'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useFormat } from '../../../ui/format.ts'
import { type Column, head } from '../../../ui/table/table-row.tsx'
import { useBusinessId } from '../../data/business.ts'
import { callLab, type LabAnswerOf } from '../../data/market.ts'
import { useNames } from './names.ts'

type Buyer = LabAnswerOf<'GET /buyers'>['buyers'][number]

const looks = {
  acting: { tone: 'ours', icon: IconMessageDots },
  waiting_for_shop: { tone: 'near', icon: IconClock },
  done: { tone: 'done', icon: IconCheck },
} as const

export function useBuyerColumns(): Column<Buyer>[] {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const { run } = useStop()
  return useMemo<Column<Buyer>[]>(
    () => [
      { ...head('buyer', t('buyer'), 'minmax(110px, 1fr)'), render: buyer => <ChatOf buyer={buyer} /> },
      {
        ...head('about', t('about'), 'minmax(0, 1.6fr)', 560),
        render: ({ persona, intent }) => `${nameOf('persona', persona)} · ${nameOf('intent', intent)}`,
      },
      { ...head('state', t('buyerState'), '152px'), render: buyer => <BuyerState buyer={buyer} /> },
      { ...head('next', t('next'), '120px', 700), render: ({ nextActAt }) => <NextAct at={nextActAt} /> },
      {
        ...head('stop', '', '48px'),
        align: 'end',
        render: buyer =>
          inside(buyer.state) !== 'done' && <StopButton name={buyer.customerName} onStop={() => void run(buyer)} />,
      },
    ],
    [t, nameOf, run],
  )
}

function useStop() {
  const { t } = useTranslation('lab')
  return useAct(
    async ({ buyerId, customerName }: Buyer) => {
      await callLab('DELETE /buyers/{buyerId}', { params: { buyerId } })
      return customerName
    },
    name => toastDone(t('stopped', { name })),
  )
}

function ChatOf({ buyer: { customerName, chatId } }: { buyer: Buyer }) {
  const businessId = useBusinessId()
  return (
    <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId: String(chatId) }}>
      {customerName}
    </Link>
  )
}

function BuyerState({ buyer: { state } }: { buyer: Buyer }) {
  const { t } = useTranslation('lab')
  const word = inside(state)
  return <StatusChip {...looks[word]} text={t(`state_${word}`)} />
}

function NextAct({ at }: { at: string | undefined }) {
  const { t } = useTranslation('lab')
  const format = useFormat()
  const now = useNow()
  if (at === undefined) return null
  const date = new Date(at)
  return <span className="num">{(date > now && format.relative(date, now)) || t('nextNow')}</span>
}

function StopButton({ name, onStop }: { name: string; onStop: () => void }) {
  const { t } = useTranslation('lab')
  return (
    <ActionIcon aria-label={t('stopOf', { name })} title={t('stop')} onClick={onStop}>
      <IconPlayerStop size={16} />
    </ActionIcon>
  )
}
