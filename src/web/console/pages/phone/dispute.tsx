import { ActionIcon, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconGavel } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inside, textMaxLength } from '#contract'
import { DisputeDialog } from '../../../parts/dialog/dispute-dialog.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { type BuyerChat, useBuyerCall, useRefreshBuyer } from './buyer.ts'

/** Opens a dispute, with the reason that the arbiter and the shop read. */
export function DisputeButton({ chat }: { chat: BuyerChat }) {
  const { t } = useTranslation('phone')
  const [isOpen, { open, close }] = useDisclosure()
  const dispute = useDispute(chat)
  const whyNot = useWhyNot(chat)
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
      <DisputeDialog
        texts={{ title: t('dispute'), reason: t('reason'), reasonNote: t('reasonNote'), submit: t('disputeDo') }}
        maxLength={textMaxLength}
        isOpen={isOpen}
        isBusy={dispute.isPending}
        onClose={close}
        onSubmit={async reason => (await dispute.run(reason)) !== undefined}
      />
    </>
  )
}

function useDispute({ chatId }: BuyerChat) {
  const call = useBuyerCall()
  return useAct(
    (reason: string) =>
      call('POST /businesses/{businessId}/chats/{chatId}/dispute', { params: { chatId }, body: { reason } }),
    useRefreshBuyer(),
  )
}

function useWhyNot({ context, type }: BuyerChat): string | undefined {
  const { t } = useTranslation('phone')
  if (inside(context.type) === 'direct') return t('noDispute')
  return inside(type) === 'arbitrage' ? t('isDispute') : undefined
}
