import { Button } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { type Column, head } from '../../../ui/table/table-row.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'
import { useStores } from './stores.ts'

type Order = AnswerOf<'GET /businesses/{businessId}/orders'>['orders'][number]

export function useColumns(): Column<Order>[] {
  const { t } = useTranslation('testOrders')
  const { stores } = useStores()
  const openChat = useOpenChat()
  return useMemo<Column<Order>[]>(() => {
    const storeOf = ({ campaignId }: Order) => stores.find(store => store.campaignId === campaignId)?.domain
    return [
      {
        ...head('order', t('order'), 'minmax(140px, 1fr)'),
        render: ({ orderId }) => <CodeValue text={String(orderId)} />,
      },
      {
        ...head('store', t('store'), 'minmax(0, 1fr)', 640),
        render: order => storeOf(order) ?? String(order.campaignId),
      },
      { ...head('created', t('created'), '120px', 480), render: ({ createdAt }) => <RelativeTime at={createdAt} /> },
      {
        ...head('expires', t('expires'), '140px', 800),
        render: ({ expiresAt }) => expiresAt && <RelativeTime at={expiresAt} />,
      },
      {
        ...head('chat', '', '200px'),
        align: 'end',
        render: order => <ChatButton isBusy={openChat.isPending} onOpen={() => void openChat.run(order)} />,
      },
    ]
  }, [t, stores, openChat])
}

function ChatButton({ isBusy, onOpen }: { isBusy: boolean; onOpen: () => void }) {
  const { t } = useTranslation('testOrders')
  return (
    <Button variant="default" leftSection={<IconMessagePlus size={14} />} disabled={isBusy} onClick={onOpen}>
      {t('chat')}
    </Button>
  )
}

/** Opens the chat about an order, an existing or a new one, and goes there. */
function useOpenChat() {
  const call = useCall()
  const navigate = useNavigate()
  const businessId = useBusinessId()
  return useAct(
    ({ orderId }: Order) => call('POST /businesses/{businessId}/test-orders/{orderId}/chat', { params: { orderId } }),
    ({ chatId }) => void navigate({ to: '/$businessId/chats/$chatId', params: { businessId, chatId: String(chatId) } }),
  )
}
