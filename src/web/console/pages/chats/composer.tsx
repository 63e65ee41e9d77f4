import { IconSend } from '@tabler/icons-react'
import type { FormEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { LengthCounter } from '../../../parts/composer/length-counter.tsx'
import { MessageField } from '../../../parts/composer/message-field.tsx'
import { NotSent } from '../../../parts/composer/not-sent.tsx'
import { ActButton } from '../../../ui/form/act-button.tsx'
import { PhotoButton, StickerButton } from './attachments.tsx'
import type { AdminChat } from './chat.ts'
import { ShopRequestView } from './shop-request-view.tsx'
import { SpeakerChoice } from './speaker-choice.tsx'
import { SilentCustomer } from './test-chats.tsx'
import { useWriting, type Writing } from './writing.ts'

type Props = { chat: AdminChat; field: RefObject<HTMLTextAreaElement | null> }

/** Speaks as the customer, the shop, the arbiter or the Market. What is typed stays until it is sent, whoever says it. */
export function Composer({ chat, field }: Props) {
  const { t } = useTranslation('chats')
  const writing = useWriting(chat)
  const { as, speak } = writing
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
      {writing.isSilent ? <SilentCustomer /> : <Field chat={chat} field={field} writing={writing} />}
    </form>
  )
}

function Field({ chat, field, writing }: Props & { writing: Writing }) {
  const { t } = useTranslation('chats')
  const { as, text, typed, speak } = writing
  return (
    <>
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
      {as === 'partner' && <ShopRequestView chatId={String(chat.chatId)} text={typed} answer={speak.answer} />}
      <Acts chat={chat} writing={writing} />
    </>
  )
}

function Acts({ chat, writing }: { chat: AdminChat; writing: Writing }) {
  const { t } = useTranslation('chats')
  const { as, text, whyNot, speak } = writing
  return (
    <div className="chats-send">
      <PhotoButton as={as} onChosen={sending => void speak.run(sending)} />
      <StickerButton as={as} chat={chat} onChosen={sending => void speak.run(sending)} />
      <LengthCounter length={text.length} maxLength={textMaxLength} />
      <ActButton
        type="submit"
        whyNot={whyNot && t(whyNot)}
        hint={t('sendKeys')}
        leftSection={<IconSend size={14} />}
        loading={speak.isPending}
      >
        {t('send')}
      </ActButton>
    </div>
  )
}
