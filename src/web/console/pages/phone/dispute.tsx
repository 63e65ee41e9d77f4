import { ActionIcon, Button, Modal, Textarea, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconGavel } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inside, textMaxLength } from '#contract'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { type BuyerChat, useBuyer, useBuyerCall } from './buyer.ts'

/** Opens a dispute, with the reason that the arbiter and the shop read. */
export function DisputeButton({ chat }: { chat: BuyerChat }) {
  const { t } = useTranslation(['phone', 'ui'])
  const [isOpen, { open, close }] = useDisclosure()
  const [reason, setReason] = useState('')
  const call = useBuyerCall()
  const client = useQueryClient()
  const { publicId } = useBuyer()
  const dispute = useAct(
    (text: string) =>
      call<object>('POST /buyer/v1/businesses/{businessId}/chats/{chatId}/dispute', {
        params: { chatId: chat.chatId },
        body: { reason: text },
      }),
    () => {
      close()
      setReason('')
      void client.invalidateQueries({ queryKey: ['buyer', publicId] })
    },
  )
  const whyNot =
    inside(chat.context.type) === 'direct'
      ? t('noDispute')
      : inside(chat.type) === 'arbitrage'
        ? t('isDispute')
        : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') void dispute.run(reason.trim())
  }
  return (
    <>
      <Tooltip label={whyNot ?? t('dispute')}>
        <ActionIcon
          className="phone-dispute"
          aria-label={t('dispute')}
          data-disabled={whyNot !== undefined || undefined}
          aria-disabled={whyNot !== undefined}
          onClick={() => whyNot === undefined && open()}
        >
          <IconGavel size={18} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={isOpen} onClose={close} title={t('dispute')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
        <form className="form" onSubmit={submit}>
          <Textarea
            label={t('reason')}
            description={t('reasonNote')}
            autosize
            minRows={3}
            maxRows={8}
            maxLength={textMaxLength}
            data-autofocus
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <div className="form-acts">
            <Button variant="default" onClick={close}>
              {t('ui:cancel')}
            </Button>
            <Button type="submit" loading={dispute.isPending} disabled={reason.trim() === ''}>
              {t('disputeDo')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}
