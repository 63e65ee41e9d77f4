import { ActionIcon, Button, Switch } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconClock, IconMessageDots, IconPlayerStop, IconUserPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { useMarketNow } from '../../../ui/clock/clock.ts'
import { Read } from '../../../ui/feedback/read.tsx'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useFormat } from '../../../ui/format.ts'
import { type Column, VirtualTable } from '../../../ui/table/virtual-table.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import { callLab, type LabAnswerOf, useLab, useNames } from '../../data/lab-api.ts'
import { useAdmin } from '../../data/queries.ts'
import { NewBuyer } from './new-buyer.tsx'
import { Section } from './section.tsx'

type Buyer = LabAnswerOf<'GET /buyers'>['buyers'][number]

const looks = {
  acting: { tone: 'ours', icon: IconMessageDots },
  waiting_for_shop: { tone: 'near', icon: IconClock },
  done: { tone: 'done', icon: IconCheck },
} as const

/** Who of the simulated buyers writes to the cabinet, and what each is at. */
export function Buyers() {
  const { t } = useTranslation('lab')
  const buyers = useLab('GET /buyers', { businessId: useBusinessId() })
  const [isMaking, { open, close }] = useDisclosure()
  const columns = useColumns()
  const acts = (
    <>
      <TestChats />
      <Button leftSection={<IconUserPlus size={14} />} onClick={open}>
        {t('sendBuyer')}
      </Button>
    </>
  )
  return (
    <Section id="buyers" title={t('buyers')} acts={acts}>
      <div className="lab-buyers">
        <Read query={buyers}>
          {({ buyers }) =>
            buyers.length === 0 ? (
              <p className="muted lab-none">{t('buyersEmpty')}</p>
            ) : (
              <VirtualTable
                label={t('buyers')}
                rows={buyers}
                columns={columns}
                keyOf={({ buyerId }) => String(buyerId)}
                rowHeight={44}
              />
            )
          }
        </Read>
      </div>
      {isMaking && <NewBuyer onClose={close} />}
    </Section>
  )
}

/** Whether they answer in test chats, which in the real Market nobody does. */
function TestChats() {
  const { t } = useTranslation('lab')
  const call = useCall()
  const query = useAdmin('GET /businesses/{businessId}', { topics: [] })
  const change = useAct(
    (testChatsAnswer: boolean) => call('PATCH /businesses/{businessId}', { body: { testChatsAnswer } }),
    () => void query.refetch(),
  )
  return (
    <Switch
      label={t('testChats')}
      title={t('testChatsNote')}
      checked={query.data?.business.testChatsAnswer ?? false}
      disabled={!query.data}
      onChange={event => void change.run(event.currentTarget.checked)}
    />
  )
}

function useColumns(): Column<Buyer>[] {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const businessId = useBusinessId()
  const { run } = useAct(
    async ({ buyerId, customerName }: Buyer) => {
      await callLab('DELETE /buyers/{buyerId}', { params: { buyerId } })
      return customerName
    },
    name => toastDone(t('stopped', { name })),
  )
  return useMemo<Column<Buyer>[]>(
    () => [
      {
        id: 'buyer',
        title: t('buyer'),
        width: 'minmax(110px, 1fr)',
        render: ({ customerName, chatId }) => (
          <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId: String(chatId) }}>
            {customerName}
          </Link>
        ),
      },
      {
        id: 'about',
        title: t('about'),
        width: 'minmax(0, 1.6fr)',
        from: 560,
        render: ({ persona, intent }) => `${nameOf('persona', persona)} · ${nameOf('intent', intent)}`,
      },
      { id: 'state', title: t('buyerState'), width: '152px', render: buyer => <BuyerState buyer={buyer} /> },
      { id: 'next', title: t('next'), width: '120px', from: 700, render: ({ nextActAt }) => <Next at={nextActAt} /> },
      {
        id: 'stop',
        title: '',
        width: '48px',
        align: 'end',
        render: buyer =>
          inside(buyer.state) !== 'done' && (
            <ActionIcon
              aria-label={t('stopOf', { name: buyer.customerName })}
              title={t('stop')}
              onClick={() => void run(buyer)}
            >
              <IconPlayerStop size={16} />
            </ActionIcon>
          ),
      },
    ],
    [t, nameOf, businessId, run],
  )
}

function BuyerState({ buyer: { state } }: { buyer: Buyer }) {
  const { t } = useTranslation('lab')
  const word = inside(state)
  return <StatusChip {...looks[word]} text={t(`state_${word}`)} />
}

function Next({ at }: { at: string | undefined }) {
  const { t } = useTranslation('lab')
  const format = useFormat()
  const now = useMarketNow()
  if (at === undefined) return null
  const date = new Date(at)
  return <span className="num">{(date > now && format.relative(date, now)) || t('nextNow')}</span>
}
