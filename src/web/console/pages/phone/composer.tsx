import { ActionIcon } from '@mantine/core'
import { IconMoodSmile, IconPhoto, IconSend } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileMaxBytes, textMaxLength } from '#contract'
import type { StickerName } from '#market-protocol'
import { FilePicker } from '../../../parts/composer/file-picker.tsx'
import { MessageField } from '../../../parts/composer/message-field.tsx'
import { StickerPicker } from '../../../parts/composer/sticker-picker.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useStickers } from '../../data/customer-api.ts'
import { useBuyer, useBuyerCall, useRefreshBuyer } from './buyer.ts'

const chatPath = '/businesses/{businessId}/chats/{chatId}'

/** The composer of the phone. The typed text stays until it is sent. */
export function PhoneComposer({ chatId }: { chatId: string }) {
  const { t } = useTranslation('phone')
  const [text, setText] = useState('')
  const send = useSend(chatId)
  const typed = text.trim()
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if (typed !== '' && (await send.run({ kind: 'text', text: typed })) !== undefined) setText('')
  }
  return (
    <form className="phone-composer" onSubmit={submit}>
      <PhotoButton onChosen={form => void send.run({ kind: 'file', form })} />
      <StickerButton onChosen={sticker => void send.run({ kind: 'sticker', sticker })} />
      <MessageField
        className="phone-text"
        label={t('write')}
        minRows={1}
        maxRows={5}
        maxLength={textMaxLength}
        value={text}
        onType={setText}
        sendsOn="enter"
        onSend={() => void submit()}
      />
      <SendButton isBusy={send.isPending} isDisabled={typed === ''} />
    </form>
  )
}

function SendButton({ isBusy, isDisabled }: { isBusy: boolean; isDisabled: boolean }) {
  const { t } = useTranslation('phone')
  return (
    <ActionIcon type="submit" variant="filled" size={32} aria-label={t('send')} loading={isBusy} disabled={isDisabled}>
      <IconSend size={16} />
    </ActionIcon>
  )
}

type Sending =
  | { kind: 'text'; text: string }
  | { kind: 'file'; form: FormData }
  | { kind: 'sticker'; sticker: StickerName }

function useSend(chatId: string) {
  const call = useBuyerCall()
  const params = { chatId }
  return useAct((sending: Sending) => {
    if (sending.kind === 'file') return call(`POST ${chatPath}/files`, { params, body: sending.form })
    if (sending.kind === 'sticker')
      return call(`POST ${chatPath}/stickers`, { params, body: { sticker: sending.sticker } })
    return call(`POST ${chatPath}/messages`, { params, body: { text: sending.text } })
  }, useRefreshBuyer())
}

function PhotoButton({ onChosen }: { onChosen: (form: FormData) => void }) {
  const { t } = useTranslation('phone')
  return (
    <FilePicker maxBytes={fileMaxBytes} tooLarge={t('tooLarge')} onChosen={onChosen}>
      {open => (
        <ActionIcon size={32} aria-label={t('photo')} onClick={open}>
          <IconPhoto size={18} />
        </ActionIcon>
      )}
    </FilePicker>
  )
}

function StickerButton({ onChosen }: { onChosen: (name: StickerName) => void }) {
  const { t } = useTranslation('phone')
  const [isOpen, setOpen] = useState(false)
  const { token } = useBuyer()
  const stickers = useStickers(() => token)
  return (
    <StickerPicker
      label={t('sticker')}
      stickers={stickers}
      isOpen={isOpen}
      onOpen={setOpen}
      onChosen={({ name }) => onChosen(name)}
    >
      <ActionIcon size={32} aria-label={t('sticker')} onClick={() => setOpen(!isOpen)}>
        <IconMoodSmile size={18} />
      </ActionIcon>
    </StickerPicker>
  )
}
