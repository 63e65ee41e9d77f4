import { useDisclosure } from '@mantine/hooks'
import { type Icon, IconGavel, IconMessageCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { DisputeDialog } from '../../../parts/dialog/dispute-dialog.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { ActButton } from '../../../ui/form/act-button.tsx'
import { useBusinessId, useCall } from '../../data/business.ts'
import { type AdminChat, refreshChat } from './chat.ts'
import { isInDispute, whyNoDispute, whyNotClosed } from './possible.ts'
import { useTestChatsAnswer } from './test-chats.tsx'

const chatPath = '/businesses/{businessId}/chats/{chatId}'

/** Opens or finishes the dispute, closes the chat. A button that cannot be used now says why. */
export function StateActs({ chat }: { chat: AdminChat }) {
  const { t } = useTranslation('chats')
  const acts = useStateActs(chat)
  const whyNot = whyNotClosed(chat)
  return (
    <>
      {isInDispute(chat) ? (
        <StateAct
          icon={IconGavel}
          text={t('finish')}
          isBusy={acts.finish.isPending}
          onDo={() => void acts.finish.run(undefined)}
        />
      ) : (
        <OpenDispute chat={chat} dispute={acts.dispute} />
      )}
      <StateAct
        icon={IconMessageCheck}
        text={t('close')}
        whyNot={whyNot && t(whyNot)}
        isBusy={acts.close.isPending}
        onDo={() => void acts.close.run(undefined)}
      />
    </>
  )
}

function useStateActs({ chatId }: AdminChat) {
  const call = useCall()
  const businessId = useBusinessId()
  const client = useQueryClient()
  const refresh = () => refreshChat(client, businessId, String(chatId))
  const params = { chatId }
  return {
    dispute: useAct((reason: string) => call(`POST ${chatPath}/dispute`, { params, body: { reason } }), refresh),
    finish: useAct(() => call(`POST ${chatPath}/dispute/finish`, { params }), refresh),
    close: useAct(() => call(`POST ${chatPath}/close`, { params }), refresh),
  }
}

type ActProps = { icon: Icon; text: string; whyNot?: string | undefined; isBusy?: boolean; onDo: () => void }

function StateAct({ icon: Icon, text, whyNot, isBusy = false, onDo }: ActProps) {
  return (
    <ActButton
      className="chats-act"
      variant="default"
      aria-label={text}
      whyNot={whyNot}
      hint={text}
      loading={isBusy}
      onDo={onDo}
    >
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className="chats-act-text">{text}</span>
    </ActButton>
  )
}

type OpenDisputeProps = { chat: AdminChat; dispute: ReturnType<typeof useStateActs>['dispute'] }

function OpenDispute({ chat, dispute }: OpenDisputeProps) {
  const { t } = useTranslation('chats')
  const [isOpen, { open, close }] = useDisclosure()
  const whyNot = whyNoDispute(chat, useTestChatsAnswer(chat))
  return (
    <>
      <StateAct icon={IconGavel} text={t('dispute')} whyNot={whyNot && t(whyNot)} onDo={open} />
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
