import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconArrowLeft, IconCheck, IconChecks, IconInfoCircle, IconRotate } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OpenChat } from '#desk-protocol'
import { ChatStatusChip } from '../../../../parts/words/chat-status.tsx'
import { useShown } from '../../../../ui/keys/shown.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { ContextChip } from '../list/chat-row.tsx'
import { waitsSince } from '../list/wait.ts'
import { WaitClock } from '../list/wait-clock.tsx'
import type { Panels } from '../panels/use-panels.ts'
import { useMarkDone } from './use-mark-done.ts'

type Props = { place: ChatPlace; chat: OpenChat; panels: Panels }

/** Who it is, about what, whose move it is in the marketplace's own words, and since when they wait. */
export function ChatHead({ place, chat, panels }: Props) {
  const { t } = useTranslation('inbox')
  const navigate = useNavigate()
  // Beside the list its name is the page's heading; alone on a phone, this one is.
  const Name = panels.isPhone ? 'h1' : 'h2'
  const contextKeys = useShown(']')
  const since = waitsSince(chat)
  const back = () => void navigate({ to: '/inbox', search: before => ({ ...before, panel: undefined }) })
  return (
    <header className="page-head inbox-chat-head">
      <ActionIcon className="inbox-back" size={36} aria-label={t('back')} onClick={back}>
        <IconArrowLeft size={20} stroke={1.5} />
      </ActionIcon>
      <div className="inbox-chat-who">
        <Name>{chat.customerName || t('nameless')}</Name>
        <div className="inbox-chat-facts">
          <CopyChip chat={chat} />
          <ChatStatusChip status={chat.status} />
          {since !== undefined && <WaitClock since={since} />}
        </div>
      </div>
      <span className="page-acts">
        <DoneAct place={place} chat={chat} />
        <Tooltip label={`${t('contextShow')} · ${contextKeys}`}>
          <ActionIcon
            size={32}
            aria-label={t('contextShow')}
            aria-pressed={panels.isContextShown}
            onClick={panels.toggleContext}
          >
            <IconInfoCircle size={19} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </span>
    </header>
  )
}

/** A click copies the number. */
function CopyChip({ chat }: { chat: OpenChat }) {
  const { t } = useTranslation(['inbox', 'ui'])
  const { copy, copied } = useClipboard({ timeout: 1500 })
  const id = chat.context.returnId ?? chat.context.orderId ?? chat.chatId
  return (
    <button
      type="button"
      className="inbox-chip-button"
      title={t(copied ? 'ui:copied' : 'inbox:copyId')}
      onClick={() => copy(String(id))}
    >
      <ContextChip row={chat} />
      {copied && <IconCheck size={14} role="img" aria-label={t('ui:copied')} />}
    </button>
  )
}

function DoneAct({ place, chat }: { place: ChatPlace; chat: OpenChat }) {
  const { t } = useTranslation('inbox')
  const { done, undone } = useMarkDone(place)
  const isOver = chat.isDone
  const keys = useShown(isOver ? 'shift+u' : 'e')
  if (!isOver && chat.view !== 'waiting') return null
  const label = t(isOver ? 'undone' : 'done')
  return (
    <Tooltip label={`${label} · ${keys}`}>
      <ActionIcon
        size={32}
        aria-label={label}
        loading={done.isPending || undone.isPending}
        onClick={() => void (isOver ? undone : done).run(undefined)}
      >
        {isOver ? <IconRotate size={19} stroke={1.5} /> : <IconChecks size={19} stroke={1.5} />}
      </ActionIcon>
    </Tooltip>
  )
}
