import { Button, Group } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../ui/form/confirm-button.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'

export type Order = AnswerOf<'GET /businesses/{businessId}/orders'>['orders'][number]

/** To the order's chat, an existing or a new one; and removing the order. */
export function OrderActs({ order }: { order: Order }) {
  const { t } = useTranslation('testOrders')
  const openChat = useOpenChat(order)
  const remove = useRemove(order)
  const id = String(order.orderId)
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button variant="default" px={12} loading={openChat.isPending} onClick={() => void openChat.run(undefined)}>
        {t('chat')}
      </Button>
      <ConfirmButton
        size="compact-sm"
        question={t('removeQuestion', { id })}
        yes={t('removeDo')}
        isBusy={remove.isPending}
        onYes={() => remove.run(undefined)}
      >
        <IconTrash size={16} stroke={1.5} aria-hidden />
        <span className="unseen">{t('remove')}</span>
      </ConfirmButton>
    </Group>
  )
}

function useOpenChat({ orderId }: Order) {
  const call = useCall()
  const navigate = useNavigate()
  const businessId = useBusinessId()
  return useAct(
    () => call('POST /businesses/{businessId}/test-orders/{orderId}/chat', { params: { orderId } }),
    ({ chatId }) => void navigate({ to: '/$businessId/chats/$chatId', params: { businessId, chatId: String(chatId) } }),
  )
}

function useRemove({ orderId }: Order) {
  const { t } = useTranslation('testOrders')
  const call = useCall()
  const client = useQueryClient()
  const businessId = useBusinessId()
  return useAct(
    () => call('DELETE /businesses/{businessId}/test-orders/{orderId}', { params: { orderId } }),
    () => {
      toastDone(t('removed', { id: String(orderId) }))
      // Its chat is gone from every list, too.
      void client.invalidateQueries({ queryKey: ['admin', businessId] })
    },
  )
}
