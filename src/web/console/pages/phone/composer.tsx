import { ActionIcon, FileButton, Popover, Textarea } from '@mantine/core'
import { IconMoodSmile, IconPhoto, IconSend } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileMaxBytes, textMaxLength } from '#contract'
import type { BuyerApi } from '#market-protocol'
import { toastError } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { useBuyer, useBuyerCall } from './buyer.ts'

const chatPath = '/buyer/v1/businesses/{businessId}/chats/{chatId}'

/** What the buyer types stays until it is sent. */
export function PhoneComposer({ chatId }: { chatId: string }) {
  const { t } = useTranslation('phone')
  const [text, setText] = useState('')
  const send = useSend(chatId)
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    const typed = text.trim()
    if (typed === '') return
    const sent = await send.run({ what: 'messages', body: { text: typed } })
    if (sent !== undefined) setText('')
  }
  return (
    <form className="phone-composer" onSubmit={submit}>
      <PhotoButton onChosen={body => void send.run({ what: 'files', body })} />
      <StickerButton onChosen={sticker => void send.run({ what: 'stickers', body: { sticker } })} />
      <Textarea
        className="phone-text"
        aria-label={t('write')}
        placeholder={t('write')}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={textMaxLength}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void submit(event)
        }}
      />
      <ActionIcon
        type="submit"
        variant="filled"
        size={32}
        aria-label={t('send')}
        loading={send.isPending}
        disabled={text.trim() === ''}
      >
        <IconSend size={16} />
      </ActionIcon>
    </form>
  )
}

type Sending = { what: 'messages' | 'files' | 'stickers'; body: unknown }

function useSend(chatId: string) {
  const call = useBuyerCall()
  const client = useQueryClient()
  const { publicId } = useBuyer()
  return useAct(
    ({ what, body }: Sending) => call<object>(`POST ${chatPath}/${what}`, { params: { chatId }, body }),
    () => void client.invalidateQueries({ queryKey: ['buyer', publicId] }),
  )
}

/** The file is judged before it travels. */
function PhotoButton({ onChosen }: { onChosen: (form: FormData) => void }) {
  const { t } = useTranslation('phone')
  const choose = (file: File | null) => {
    if (!file) return
    if (file.size > fileMaxBytes) return toastError(new Error(t('tooLarge')))
    const form = new FormData()
    form.set('file', file)
    onChosen(form)
  }
  return (
    <FileButton onChange={choose}>
      {props => (
        <ActionIcon {...props} size={32} aria-label={t('photo')}>
          <IconPhoto size={18} />
        </ActionIcon>
      )}
    </FileButton>
  )
}

function StickerButton({ onChosen }: { onChosen: (name: string) => void }) {
  const { t } = useTranslation('phone')
  const [isOpen, setOpen] = useState(false)
  const call = useBuyerCall()
  const { data } = useQuery({
    queryKey: ['stickers'],
    queryFn: () => call<BuyerApi['listStickers']['answer']>('GET /buyer/v1/stickers'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus>
      <Popover.Target>
        <ActionIcon size={32} aria-label={t('sticker')} onClick={() => setOpen(!isOpen)}>
          <IconMoodSmile size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="phone-stickers">
        {data?.stickers.map(({ name, text }) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            onClick={() => {
              setOpen(false)
              onChosen(name)
            }}
          >
            {text}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
