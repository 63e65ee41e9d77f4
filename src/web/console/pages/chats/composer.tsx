import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type FormEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { LengthCounter } from '../../../parts/composer/length-counter.tsx'
import { MessageField } from '../../../parts/composer/message-field.tsx'
import { NotSent } from '../../../parts/composer/not-sent.tsx'
import { useDraft } from '../../../parts/composer/use-draft.ts'
import { useBusinessId } from '../../data/business.ts'
import { PhotoButton, StickerButton } from './attachments.tsx'
import type { AdminChat } from './chat.ts'
import { canWaitFor, type WaitFor, whyCustomerSilent } from './possible.ts'
import { type Speaker, useSpeak } from './speak.ts'
import { SpeakerChoice } from './speaker-choice.tsx'
import { SilentCustomer, useTestChatsAnswer } from './test-chats.tsx'

type Props = { chat: AdminChat; field: RefObject<HTMLTextAreaElement | null> }

/** Speaks as the customer, the arbiter or the Market. What is typed stays until it is sent. */
export function Composer({ chat, field }: Props) {
  const { t } = useTranslation('chats')
  const writing = useWriting(chat)
  const { as, text, speak, isSilent } = writing
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void writing.send()
  }
  return (
    <form className="chats-composer" data-as={as} onSubmit={submit}>
      {speak.failed && (
        <NotSent
          texts={{ title: t('notSent', { says: speak.failed.sending.says }), again: t('sendAgain') }}
          error={speak.failed.error}
          onAgain={() => void writing.sendAgain()}
        />
      )}
      <SpeakerChoice chat={chat} {...writing} />
      {isSilent && <SilentCustomer />}
      <MessageField
        ref={field}
        label={t(`write_${as}`)}
        minRows={2}
        maxRows={10}
        value={text}
        readOnly={speak.isPending}
        error={text.length > textMaxLength && t('tooLong', { count: text.length - textMaxLength })}
        onType={writing.write}
        sendsOn="ctrl+enter"
        onSend={() => void writing.send()}
      />
      <Acts chat={chat} writing={writing} />
    </form>
  )
}

function Acts({ chat, writing }: { chat: AdminChat; writing: Writing }) {
  const { t } = useTranslation('chats')
  const { as, text, isSilent, canSend, speak } = writing
  return (
    <div className="chats-send">
      <PhotoButton as={as} isSilent={isSilent} onChosen={sending => void speak.run(sending)} />
      <StickerButton as={as} isSilent={isSilent} chat={chat} onChosen={sending => void speak.run(sending)} />
      <LengthCounter length={text.length} maxLength={textMaxLength} />
      <Button
        type="submit"
        title={t('sendKeys')}
        leftSection={<IconSend size={14} />}
        loading={speak.isPending}
        disabled={!canSend && !speak.isPending}
      >
        {t('send')}
      </Button>
    </div>
  )
}

// The next chat that is opened begins with the same speaker.
let lastSpeaker: Speaker = 'customer'

type Writing = ReturnType<typeof useWriting>

/** The text that is being written into a chat, its speaker, and sending it. */
function useWriting(chat: AdminChat) {
  const chatId = String(chat.chatId)
  const [as, setAs] = useState<Speaker>(lastSpeaker)
  const [wanted, setWaitFor] = useState<WaitFor>()
  const [text, write] = useDraft(`${useBusinessId()}.${chatId}`)
  const speak = useSpeak(chatId)
  const isSilent = whyCustomerSilent(chat, useTestChatsAnswer(chat)) !== undefined && as === 'customer'
  const typed = text.trim()
  const canSend = typed !== '' && text.length <= textMaxLength && !isSilent && !speak.isPending
  const waitFor = wanted && canWaitFor(chat, wanted) ? wanted : undefined
  const choose = (speaker: Speaker) => {
    lastSpeaker = speaker
    setAs(speaker)
  }
  const send = async () => {
    if (canSend && (await speak.run({ kind: 'text', as, text: typed, waitFor, says: typed }))) write('')
  }
  const sendAgain = async () => {
    if (await speak.again()) write('')
  }
  return { as, choose, waitFor, setWaitFor, text, write, speak, isSilent, canSend, send, sendAgain }
}
