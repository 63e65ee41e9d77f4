import { Button, Modal, Textarea, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type Icon, IconGavel, IconMessageCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBusinessId, useCall } from '../../data/business.ts'
import { type AdminChat, refreshChat } from './chat.ts'
import { isInDispute, whyNoDispute, whyNotClosed } from './possible.ts'
import { useTestChatsAnswer } from './test-chats.tsx'

const chatPath = '/businesses/{businessId}/chats/{chatId}'

/** Opens or finishes the dispute, closes the chat. What cannot be done now says why. */
export function StateActs({ chat }: { chat: AdminChat }) {
  const { t } = useTranslation('chats')
  const { chatId } = chat
  const call = useCall()
  const businessId = useBusinessId()
  const client = useQueryClient()
  const refresh = () => refreshChat(client, businessId, String(chatId))
  const finish = useAct(() => call(`POST ${chatPath}/dispute/finish`, { params: { chatId } }), refresh)
  const close = useAct(() => call(`POST ${chatPath}/close`, { params: { chatId } }), refresh)
  const whyNot = whyNotClosed(chat)
  return (
    <>
      {isInDispute(chat) ? (
        <ActButton
          icon={IconGavel}
          text={t('finish')}
          isBusy={finish.isPending}
          onDo={() => void finish.run(undefined)}
        />
      ) : (
        <OpenDispute chat={chat} onDone={refresh} />
      )}
      <ActButton
        icon={IconMessageCheck}
        text={t('close')}
        whyNot={whyNot && t(whyNot)}
        isBusy={close.isPending}
        onDo={() => void close.run(undefined)}
      />
    </>
  )
}

type ActProps = { icon: Icon; text: string; whyNot?: string | undefined; isBusy?: boolean; onDo: () => void }

/** What cannot be done stays reachable, so that its reason can be read. */
function ActButton({ icon: Icon, text, whyNot, isBusy = false, onDo }: ActProps) {
  return (
    <Tooltip label={whyNot ?? text} multiline maw={280}>
      <Button
        className="chats-act"
        variant="default"
        aria-label={text}
        aria-disabled={whyNot !== undefined}
        aria-description={whyNot}
        data-disabled={whyNot !== undefined || undefined}
        loading={isBusy}
        onClick={() => whyNot === undefined && onDo()}
      >
        <Icon size={16} stroke={1.5} aria-hidden />
        <span className="chats-act-text">{text}</span>
      </Button>
    </Tooltip>
  )
}

function OpenDispute({ chat, onDone }: { chat: AdminChat; onDone: () => void }) {
  const { t } = useTranslation(['chats', 'ui'])
  const [isOpen, { open, close }] = useDisclosure()
  const [reason, setReason] = useState('')
  const call = useCall()
  const dispute = useAct(
    (text: string) => call(`POST ${chatPath}/dispute`, { params: { chatId: chat.chatId }, body: { reason: text } }),
    () => {
      close()
      setReason('')
      onDone()
    },
  )
  const whyNot = whyNoDispute(chat, useTestChatsAnswer(chat))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') void dispute.run(reason.trim())
  }
  return (
    <>
      <ActButton icon={IconGavel} text={t('chats:dispute')} whyNot={whyNot && t(`chats:${whyNot}`)} onDo={open} />
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('chats:dispute')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <form className="form" onSubmit={submit}>
          <Textarea
            label={t('chats:reason')}
            description={t('chats:reasonNote')}
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
              {t('chats:disputeDo')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}
