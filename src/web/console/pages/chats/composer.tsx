import { Button, SegmentedControl, Select, Textarea } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { useDraft } from '../../../parts/composer/use-draft.ts'
import { useFormat } from '../../../ui/format.ts'
import { useBusinessId } from '../../data/business.ts'
import { PhotoButton, StickerButton } from './attachments.tsx'
import type { AdminChat } from './chat.ts'
import { canWaitFor, type WaitFor, waitsFor, whyBuyerSilent } from './possible.ts'
import { NotSent, type Speaker, speakers, useSpeak } from './speak.tsx'
import { SilentBuyer, useTestChatsAnswer } from './test-chats.tsx'

const countedFrom = 3500

type Props = { chat: AdminChat; field: RefObject<HTMLTextAreaElement | null> }

/** Speaks as the buyer, the arbiter or the Market. What is typed stays until it is sent. */
export function Composer({ chat, field }: Props) {
  const { t } = useTranslation('chats')
  const chatId = String(chat.chatId)
  const [as, setAs] = useState<Speaker>(lastSpeaker)
  const [waitFor, setWaitFor] = useState<WaitFor>()
  const [text, write] = useDraft(useBusinessId(), chatId)
  const speak = useSpeak(chatId)
  const isSilent = whyBuyerSilent(chat, useTestChatsAnswer(chat)) !== undefined && as === 'customer'
  const typed = text.trim()
  const canSend = typed !== '' && text.length <= textMaxLength && !isSilent && !speak.isPending
  const allowed = waitFor && canWaitFor(chat, waitFor) ? waitFor : undefined
  const send = async () => {
    if (!canSend) return
    const body = as === 'support' && allowed ? { text: typed, waitFor: allowed } : { text: typed }
    if (await speak.run({ what: `${as}-messages`, body, says: typed })) write('')
  }
  const choose = (value: Speaker) => {
    lastSpeaker = value
    setAs(value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') field.current?.blur()
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
  return (
    <form
      className="chats-composer"
      data-as={as}
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      {speak.failed && (
        <NotSent failed={speak.failed} onAgain={() => void speak.again().then(sent => sent && write(''))} />
      )}
      <div className="chats-as">
        <SegmentedControl
          aria-label={t('speakAs')}
          data={speakers.map(value => ({ value, label: t(`as_${value}`) }))}
          value={as}
          onChange={value => choose(value as Speaker)} // of speakers
        />
        {as === 'support' && <WaitForSelect chat={chat} value={allowed} onChoose={setWaitFor} />}
      </div>
      {isSilent && <SilentBuyer />}
      <Textarea
        ref={field}
        aria-label={t(`write_${as}`)}
        placeholder={t(`write_${as}`)}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        readOnly={speak.isPending}
        error={text.length > textMaxLength && t('tooLong', { count: text.length - textMaxLength })}
        onChange={event => write(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="chats-send">
        <PhotoButton as={as} isSilent={isSilent} onChosen={sending => void speak.run(sending)} />
        <StickerButton as={as} isSilent={isSilent} chat={chat} onChosen={sending => void speak.run(sending)} />
        <Counter length={text.length} />
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
    </form>
  )
}

// Whoever speaks as the arbiter in one chat goes on so in the next.
let lastSpeaker: Speaker = 'customer'

function Counter({ length }: { length: number }) {
  const format = useFormat()
  return (
    <span className="chats-counter meta num">
      {length >= countedFrom && `${format.number(length)} / ${format.number(textMaxLength)}`}
    </span>
  )
}

type WaitForProps = { chat: AdminChat; value: WaitFor | undefined; onChoose: (value: WaitFor | undefined) => void }

function WaitForSelect({ chat, value, onChoose }: WaitForProps) {
  const { t } = useTranslation('chats')
  const data = waitsFor.map(whom => {
    const isAllowed = canWaitFor(chat, whom)
    const label = t(`waitFor_${whom}`)
    return { value: whom, label: isAllowed ? label : `${label}: ${t('whyNoArbiter')}`, disabled: !isAllowed }
  })
  return (
    <Select
      className="chats-wait"
      aria-label={t('waitFor')}
      placeholder={t('waitForSame')}
      clearable
      comboboxProps={{ width: 'max-content', position: 'top-end' }}
      data={data}
      value={value ?? null}
      onChange={chosen => onChoose(waitsFor.find(whom => whom === chosen))}
    />
  )
}
