import { ActionIcon, type ActionIconProps, FileButton, Popover, Tooltip } from '@mantine/core'
import { IconMoodSmile, IconPhoto } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileMaxBytes } from '#contract'
import type { BuyerApi } from '#market-protocol'
import { callServer } from '../../../parts/http/call.ts'
import { toastError } from '../../../ui/feedback/toast.tsx'
import type { AdminChat } from './chat.ts'
import type { Sending, Speaker } from './speak.tsx'

type Props = { as: Speaker; isSilent: boolean; onChosen: (sending: Sending) => void }

/** Only buyers send these. */
function useWhyNot({ as, isSilent }: Pick<Props, 'as' | 'isSilent'>): string | undefined {
  const { t } = useTranslation('chats')
  if (as !== 'customer') return t('onlyBuyer')
  return isSilent ? t('whyTest') : undefined
}

/** The file is judged before it travels. */
export function PhotoButton({ as, isSilent, onChosen }: Props) {
  const { t } = useTranslation('chats')
  const whyNot = useWhyNot({ as, isSilent })
  const choose = (file: File | null) => {
    if (!file) return
    if (file.size > fileMaxBytes) return toastError(new Error(t('tooLarge')))
    const body = new FormData()
    body.set('file', file)
    onChosen({ what: 'customer-files', body, says: file.name })
  }
  return (
    <FileButton onChange={choose}>
      {({ onClick }) => (
        <IconAct label={t('photo')} whyNot={whyNot} onDo={onClick}>
          <IconPhoto size={18} />
        </IconAct>
      )}
    </FileButton>
  )
}

export function StickerButton({ as, isSilent, chat, onChosen }: Props & { chat: AdminChat }) {
  const { t } = useTranslation('chats')
  const [isOpen, setOpen] = useState(false)
  const stickers = useStickers(chat.customerPublicId, isOpen)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus>
      <Popover.Target>
        <IconAct label={t('sticker')} whyNot={useWhyNot({ as, isSilent })} onDo={() => setOpen(!isOpen)}>
          <IconMoodSmile size={18} />
        </IconAct>
      </Popover.Target>
      <Popover.Dropdown className="chats-stickers" aria-label={t('sticker')}>
        {stickers.map(({ name, text }) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            onClick={() => {
              setOpen(false)
              onChosen({ what: 'customer-stickers', body: { sticker: name }, says: text })
            }}
          >
            {text}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

/** The stickers that the buyer API has, asked as this buyer. */
function useStickers(publicId: string, isEnabled: boolean) {
  const { data } = useQuery({
    queryKey: ['stickers'],
    queryFn: async () => {
      const params = { publicId }
      const { token } = await callServer<{ token: string }>('POST /admin/v1/customers/{publicId}/tokens', { params })
      return callServer<BuyerApi['listStickers']['answer']>('GET /buyer/v1/stickers', { token })
    },
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled,
  })
  return data?.stickers ?? []
}

type IconActProps = ActionIconProps & {
  label: string
  whyNot: string | undefined
  onDo: () => void
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** What cannot be done stays reachable, so that its reason can be read. */
function IconAct({ label, whyNot, onDo, children, ...button }: IconActProps) {
  return (
    <Tooltip label={whyNot ?? label} multiline maw={280}>
      <ActionIcon
        {...button}
        size={32}
        aria-label={label}
        aria-description={whyNot}
        aria-disabled={whyNot !== undefined}
        data-disabled={whyNot !== undefined || undefined}
        onClick={() => whyNot === undefined && onDo()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
