import { Button } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { CodeValue } from '../../../ui/form/copy.tsx'
import type { Column } from '../../../ui/table/virtual-table.tsx'
import type { AnswerOf } from '../../data/admin-api.ts'
import { useBusinessId, useCall } from '../../data/business.ts'
import { useShops } from './shops.ts'

type Order = AnswerOf<'GET /businesses/{businessId}/orders'>['orders'][number]

export function useColumns(): Column<Order>[] {
  const { t } = useTranslation('testOrders')
  const { shops } = useShops()
  const openChat = useOpenChat()
  return useMemo<Column<Order>[]>(
    () => [
      {
        id: 'order',
        title: t('order'),
        width: 'minmax(140px, 1fr)',
        render: order => <CodeValue text={String(order.orderId)} />,
      },
      {
        id: 'shop',
        title: t('shop'),
        width: 'minmax(0, 1fr)',
        from: 640,
        render: order => shops.find(shop => shop.campaignId === order.campaignId)?.domain ?? String(order.campaignId),
      },
      {
        id: 'created',
        title: t('created'),
        width: '120px',
        from: 480,
        render: order => <RelativeTime at={order.createdAt} />,
      },
      {
        id: 'expires',
        title: t('expires'),
        width: '140px',
        from: 800,
        render: order => order.expiresAt && <RelativeTime at={order.expiresAt} />,
      },
      {
        id: 'chat',
        title: '',
        width: '200px',
        align: 'end',
        render: order => (
          <Button
            variant="default"
            leftSection={<IconMessagePlus size={14} />}
            disabled={openChat.isPending}
            onClick={() => void openChat.run(order)}
          >
            {t('chat')}
          </Button>
        ),
      },
    ],
    [t, shops, openChat],
  )
}

/** Opens the chat about an order, the one there is or a new one, and goes there. */
function useOpenChat() {
  const call = useCall()
  const navigate = useNavigate()
  const businessId = useBusinessId()
  return useAct(
    ({ orderId }: Order) => call('POST /businesses/{businessId}/test-orders/{orderId}/chat', { params: { orderId } }),
    ({ chatId }) => void navigate({ to: '/$businessId/chats/$chatId', params: { businessId, chatId: String(chatId) } }),
  )
}
